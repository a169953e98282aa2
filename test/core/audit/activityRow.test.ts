import { describe, expect, it } from '@jest/globals';

import { activityKeyOf, toAuditRow } from '../../../nodes/shared/core/audit/activityRow';
import { AUDIT_COLUMNS } from '../../../nodes/shared/core/audit/auditColumns';
import type { ApiRequest } from '../../../nodes/shared/core/wire';
import { formatUserAgent } from '../../../nodes/shared/n8n/userAgent';

const SPEC: ApiRequest = {
	requestId: 'r-1',
	timestamp: '2026-01-02T03:04:05.123456789Z',
	action: 'READ',
	result: 'SUCCESS',
	actor: { id: 'server', account: 'ACC', jti: 'token', userAgent: 'curl/8', requestIp: '10.0.0.1' },
	resource: { type: 'ITEM', vault: { id: 'v' }, item: { id: 'i' }, itemVersion: 3 },
};

describe('a row of the activity log', () => {
	it('becomes one flat row with every column', () => {
		const row = toAuditRow(SPEC);
		expect(Object.keys(row).sort()).toEqual([...AUDIT_COLUMNS].sort());
		expect(row).toMatchObject({
			eventId: 'r-1',
			timestamp: '2026-01-02T03:04:05.123Z',
			source: 'connect',
			kind: 'access',
			action: 'READ',
			result: 'SUCCESS',
			vaultId: 'v',
			itemId: 'i',
			itemVersion: 3,
			tokenId: 'token',
			ip: '10.0.0.1',
			userAgent: 'curl/8',
			workflowId: null,
			details: '{"serverId":"server","account":"ACC","resourceType":"ITEM"}',
		});
	});

	it('is the same in the spelling of the documentation', () => {
		const { requestId, actor: { requestIp, ...actor }, ...rest } = SPEC;
		const docs = { ...rest, requestID: requestId, actor: { ...actor, ip: requestIp } };
		expect(toAuditRow(docs as unknown as ApiRequest)).toEqual(toAuditRow(SPEC));
	});

	it('names workflow, execution and node where one of ours asked', () => {
		const userAgent = formatUserAgent({ workflowId: 'w', executionId: '7', nodeName: 'Get key' });
		expect(toAuditRow({ ...SPEC, actor: { ...SPEC.actor, userAgent } })).toMatchObject({ workflowId: 'w', executionId: '7', node: 'Get key' });
	});

	it('has a stable id where the server gives none', () => {
		const { requestId: _none, ...rest } = SPEC;
		const [one, same, other] = [rest, { ...rest }, { ...rest, timestamp: '2026-01-02T03:04:06Z' }].map((row) => toAuditRow(row as ApiRequest).eventId);
		expect(one).toMatch(/^[\da-f]{32}$/);
		expect([same === one, other === one]).toEqual([true, false]);
	});

	it.each([{}, { actor: null, resource: 7, timestamp: 'soon' }, { resource: { vault: null } }])('is made of anything: %j', (row) => {
		expect(Object.keys(toAuditRow(row as unknown as ApiRequest))).toHaveLength(AUDIT_COLUMNS.length);
	});

	it('is told apart from others of the same request by its item', () => {
		const other = { ...SPEC, resource: { ...SPEC.resource, item: { id: 'j' } } };
		expect(activityKeyOf(other)).not.toBe(activityKeyOf(SPEC));
	});
});
