import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { EVENTS_FEEDS, type EventsFeed } from '../../../../nodes/shared/core/events/eventsFeed';
import { auditEventId, eventTimeOf, isNoise, toAuditRow } from '../../../../nodes/shared/core/events/eventsRow';
import { AUDIT_EVENT, ITEM_USAGE, SIGN_IN_ATTEMPT } from '../../../emulators/events/exampleEvents';

const READ_AT = Date.UTC(2026, 5, 1);

const HEAD = { uuid: 'EVENT', timestamp: '2026-01-02T03:04:05.678901-03:00' };

function rowOf(feed: EventsFeed, event: object): Record<string, unknown> {
	const row = toAuditRow(feed, { ...HEAD, ...event }, READ_AT);
	return { ...row, details: row.details === null ? null : (JSON.parse(row.details) as unknown) };
}

const COLUMNS = [
	...['eventId', 'timestamp', 'source', 'kind', 'action', 'result', 'vaultId', 'vaultName', 'itemId', 'itemTitle', 'itemVersion'],
	...['tokenId', 'tokenName', 'userId', 'userName', 'userEmail', 'ip', 'country', 'userAgent', 'workflowId', 'executionId', 'node', 'details'],
].sort();

const UNKNOWN_TO_THE_API = {
	...{ vaultName: null, itemTitle: null, tokenId: null, tokenName: null },
	...{ workflowId: null, executionId: null, node: null },
};

const DEVICE = { platform: 'Chrome', platformVersion: '140.0', os: 'MacOSX', osVersion: '15.5' };
const PLACE = { region: 'Ontario', city: 'Toronto', latitude: 43.64, longitude: -79.43 };

describe('an audit row', () => {
	it('represents an item usage', () => {
		expect(rowOf('itemUsage', ITEM_USAGE)).toEqual({
			...UNKNOWN_TO_THE_API,
			...{ eventId: 'EVENT', timestamp: '2026-01-02T06:04:05.678Z', source: 'events', kind: 'itemUsage' },
			...{
				action: 'reveal',
				result: 'SUCCESS',
				vaultId: 'vaultexamplevaultexample22',
				itemId: 'itemexampleitemexampleitem',
				itemVersion: 3,
			},
			...{ userId: 'WENDYEXAMPLEWENDYEXAMPLE22', userName: 'Wendy Appleseed', userEmail: 'wendy@example.com' },
			...{ ip: '203.0.113.7', country: 'CA', userAgent: '1Password Browser Extension/81100120' },
			details: { ...DEVICE, userType: 'user', accountId: 'EMULATEDACCOUNT', ...PLACE },
		});
	});

	it('represents a sign-in attempt', () => {
		const blocked = { category: 'firewall_failed', type: 'continent_blocked', details: { value: 'Europe' }, country: 'FR' };
		expect(rowOf('signInAttempt', { ...SIGN_IN_ATTEMPT, ...blocked })).toEqual({
			...UNKNOWN_TO_THE_API,
			...{ eventId: 'EVENT', timestamp: '2026-01-02T06:04:05.678Z', source: 'events', kind: 'signInAttempt' },
			...{ action: 'continent_blocked', result: 'DENY', vaultId: null, itemId: null, itemVersion: null },
			...{ userId: 'WENDYEXAMPLEWENDYEXAMPLE22', userName: 'Wendy Appleseed', userEmail: 'wendy@example.com' },
			...{ ip: '203.0.113.7', country: 'FR', userAgent: '1Password Browser Extension/81100120' },
			details: {
				...{ category: 'firewall_failed', blockedBy: 'Europe', sessionId: 'SESSIONEXAMPLESESSIONEXAMP' },
				...DEVICE,
				...{ userType: 'user', accountId: 'EMULATEDACCOUNT' },
				...PLACE,
			},
		});
	});

	it('represents an audit event', () => {
		expect(rowOf('auditEvent', AUDIT_EVENT)).toEqual({
			...UNKNOWN_TO_THE_API,
			...{ eventId: 'EVENT', timestamp: '2026-01-02T06:04:05.678Z', source: 'events', kind: 'auditEvent' },
			...{ action: 'join', result: 'SUCCESS', vaultId: null, itemId: null, itemVersion: null },
			...{ userId: 'WENDYEXAMPLEWENDYEXAMPLE22', userName: 'Wendy Appleseed', userEmail: 'wendy@example.com' },
			...{ ip: '203.0.113.7', country: 'CA', userAgent: null },
			details: {
				...{ objectType: 'gm', objectId: 'GROUPEXAMPLEGROUPEXAMPLE22', auxId: 7, auxUuid: 'MALLORYEXAMPLEMALLORYEXAMP' },
				aux: { id: 'MALLORYEXAMPLEMALLORYEXAMP', name: 'Mallory Doe', email: 'mallory@example.com' },
				...{ auxInfo: 'A', sessionId: 'SESSIONEXAMPLESESSIONEXAMP', loginTime: '2026-01-01T00:00:00Z', deviceId: 'device' },
				...{ actorType: 'user', accountId: 'EMULATEDACCOUNT' },
				...PLACE,
			},
		});
	});

	it.each([
		['success', 'SUCCESS'],
		['firewall_reported_success', 'SUCCESS'],
		['credentials_failed', 'DENY'],
		['mfa_failed', 'DENY'],
		['something_new', 'DENY'],
	])('has the result for a sign-in: outcome %s is %s', (category, result) => {
		expect(rowOf('signInAttempt', { category })).toMatchObject({ result, action: category });
	});

	it("has the vault, but no item, for a change to a vault's items", () => {
		const event = { action: 'patch', object_type: 'items', object_uuid: 'the-vault', aux_info: '2' };
		expect(rowOf('auditEvent', event)).toMatchObject({ vaultId: 'the-vault', itemId: null });
		expect(rowOf('auditEvent', { ...event, object_type: 'user' })).toMatchObject({ vaultId: null });
	});

	it('has no action for an old item usage', () => {
		expect(rowOf('itemUsage', {})).toMatchObject({ action: 'unknown', details: null });
	});

	it('uses the reading time if there is no time, and says so', () => {
		for (const timestamp of [undefined, '', 'yesterday', '5', 7, '0000-01-01T00:00:00+01:00', '9999-12-31T23:59:59-05:00']) {
			expect(rowOf('itemUsage', { timestamp })).toMatchObject({ timestamp: '2026-06-01T00:00:00.000Z', details: { timeUnknown: true } });
			expect(eventTimeOf({ timestamp })).toBeUndefined();
		}
	});

	it('copies nothing unknown', () => {
		const extra = {
			value: 'SECRET',
			item_title: 'SECRET',
			client: { password: 'SECRET' },
			user: { token: 'SECRET' },
			session: { key: 'SECRET' },
		};
		for (const feed of EVENTS_FEEDS) expect(JSON.stringify(rowOf(feed, extra))).not.toContain('SECRET');
	});

	it('has all columns for any event', () => {
		const names = ['uuid', 'timestamp', 'action', 'user', 'client', 'location', 'session', 'details', 'target_user', 'aux_details', 'object_type'];
		const event = fc.oneof(fc.anything(), fc.dictionary(fc.constantFrom(...names), fc.jsonValue()));
		fc.assert(
			fc.property(fc.constantFrom(...EVENTS_FEEDS), event, (feed, anything) => {
				const row = toAuditRow(feed, anything, READ_AT);
				expect(Object.keys(row).sort()).toEqual(COLUMNS);
				expect(new Date(row.timestamp).toISOString()).toBe(row.timestamp);
				expect(row.eventId).not.toBe('');
				expect(row.action).not.toBe('');
			}),
		);
	});
});

describe("an event's ID", () => {
	it('is its UUID, or the same for the same event', () => {
		expect(auditEventId({ uuid: 'X' })).toBe('X');
		expect(auditEventId({ a: 1 })).toBe(auditEventId({ a: 1 }));
		expect(auditEventId({ a: 1 })).not.toBe(auditEventId({ a: 2 }));
		expect(auditEventId({ a: 1 })).toMatch(/^sha256-/);
	});
});

describe('background events', () => {
	it.each([
		['auditEvent', 'dlgsess', true],
		['auditEvent', 'ssotknv', true],
		['auditEvent', 'join', false],
		['itemUsage', 'dlgsess', false],
	] as const)('%s %s: %s', (feed, action, noise) => {
		expect(isNoise(feed, { action })).toBe(noise);
	});
});

it('texts are safe for every table, and never cut within a character', () => {
	const event = { uuid: 'u', used_version: 1.5, client: { app_name: `${'a'.repeat(1_999)}😀` }, user: { name: 'x\0y', email: '\ud800' } };
	const row = toAuditRow('itemUsage', event, 0);
	expect(row).toMatchObject({ userAgent: 'a'.repeat(1_999), userName: 'x\ufffdy', userEmail: '\ufffd', itemVersion: null });
	expect(toAuditRow('itemUsage', { ...event, used_version: 2 ** 40 }, 0).itemVersion).toBeNull();
	expect(auditEventId({ uuid: 'a\0b' })).toMatch(/^sha256-/);
});
