import { describe, expect, it } from '@jest/globals';

import { toAuditRow } from '../../../../../nodes/shared/core/audit/rows/activityRow';
import { AUDIT_COLUMNS } from '../../../../../nodes/shared/core/audit/rows/auditColumns';
import type { ApiRequest } from '../../../../../nodes/shared/core/wire';
import { formatUserAgent } from '../../../../../nodes/shared/n8n/services/userAgent';

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
			eventId: expect.stringMatching(/^r-1-[\da-f]{12}$/),
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
		const {
			requestId,
			actor: { requestIp, ...actor },
			...rest
		} = SPEC;
		const docs = { ...rest, requestID: requestId, actor: { ...actor, ip: requestIp } };
		expect(toAuditRow(docs as unknown as ApiRequest)).toEqual(toAuditRow(SPEC));
	});

	it('names workflow, execution and node where one of ours asked', () => {
		const userAgent = formatUserAgent({ workflowId: 'w', executionId: '7', nodeName: 'Get key' });
		expect(toAuditRow({ ...SPEC, actor: { ...SPEC.actor, userAgent } })).toMatchObject({
			workflowId: 'w',
			executionId: '7',
			node: 'Get key',
		});
	});

	it('has a stable id where the server gives none', () => {
		const { requestId: _none, ...rest } = SPEC;
		const [one, same, other] = [rest, { ...rest }, { ...rest, timestamp: '2026-01-02T03:04:06Z' }].map(
			(row) => toAuditRow(row as ApiRequest).eventId,
		);
		expect(one).toMatch(/^[\da-f]{32}$/);
		expect([same === one, other === one]).toEqual([true, false]);
	});

	it.each([{}, { actor: null, resource: 7, timestamp: 'soon' }, { resource: { vault: null } }])('is made of anything: %j', (row) => {
		expect(Object.keys(toAuditRow(row as unknown as ApiRequest))).toHaveLength(AUDIT_COLUMNS.length);
	});

	it.each([
		['item', { resource: { ...SPEC.resource, item: { id: 'j' } } }],
		['vault', { resource: { ...SPEC.resource, vault: { id: 'w' } } }],
		['version', { resource: { ...SPEC.resource, itemVersion: 4 } }],
		['action', { action: 'DELETE' }],
		['result', { result: 'DENY' }],
		['time', { timestamp: '2026-01-02T03:04:06Z' }],
	])('is told apart from others of the same request by its %s', (_what, other) => {
		const ids = [SPEC, { ...SPEC }, { ...SPEC, ...other }].map((row) => toAuditRow(row as ApiRequest).eventId);
		expect(new Set(ids)).toEqual(new Set([ids[0], ids[2]]));
		expect(ids[2]).not.toBe(ids[0]);
	});

	it('has an id that is fit for a table, whatever the request id is', () => {
		const ids = ['a\0b', 'x'.repeat(2_000), '\ud800'].map((requestId) => toAuditRow({ ...SPEC, requestId }).eventId);
		expect(ids.filter((id) => !/^[\da-f]{32}$/.test(id))).toEqual([]);
		expect(new Set(ids).size).toBe(3);
	});

	it.each(['', 'garbage', 1_700_000_000, '0001-01-01T00:00:00Z', '9999-12-31T23:59:59-05:00', undefined, null])(
		'has the time of its neighbour instead of %j',
		(timestamp) => {
			const row = toAuditRow({ ...SPEC, timestamp } as unknown as ApiRequest, Date.UTC(2026, 0, 2));
			expect(row.timestamp).toBe('2026-01-02T00:00:00.000Z');
			expect(JSON.parse(row.details ?? '')).toMatchObject({ timeUnknown: true });
		},
	);

	it('has texts that every table takes', () => {
		const userAgent = `a\0b\u001b[2J\r\n\ud800\u202ec${'😀'.repeat(500_000)}`;
		const row = toAuditRow({ ...SPEC, action: 'RE\0AD', actor: { ...SPEC.actor, jti: 't\0', userAgent } } as ApiRequest);
		expect(row).toMatchObject({ action: 'RE\ufffdAD', tokenId: 't\ufffd' });
		expect(row.userAgent).toMatch(/^a\ufffdb\ufffd\[2J\ufffd\ufffd\ufffd\ufffdc😀+$/u);
		expect(row.userAgent?.length).toBeLessThanOrEqual(2_000);
	});

	it.each([1.5, 2 ** 40, '3'])('has no version %j', (itemVersion) => {
		const row = { ...SPEC, resource: { ...SPEC.resource, itemVersion } };
		expect(toAuditRow(row as ApiRequest).itemVersion).toBeNull();
	});
});
