import { describe, expect, it } from '@jest/globals';

import type { AuditRow } from '../../../../../nodes/shared/core/audit/rows/auditRow';
import { isOfUnknownItem } from '../../../../../nodes/shared/core/audit/anomalies/rules/criticalItem';
import { judgeRow } from '../../../../../nodes/shared/core/audit/anomalies/judgeRow';
import { RULES } from '../../../../../nodes/shared/core/audit/anomalies/rules/allRules';
import { RuleMemory, emptyMemory, type StoredMemory } from '../../../../../nodes/shared/core/audit/anomalies/memory';
import { parseMemory } from '../../../../../nodes/shared/core/audit/anomalies/parseMemory';
import type { RuleSettings } from '../../../../../nodes/shared/core/audit/anomalies/rule';
import { ZonedClock } from '../../../../../nodes/shared/core/time/zonedClock';
import { auditRow } from '../../../../support/auditRows';

const SETTINGS: RuleSettings = {
	working: { clock: new ZonedClock('UTC'), weekdays: [1, 2, 3, 4, 5], startMinute: 480, endMinute: 1080 },
	knownClients: [],
	tagged: new Map([
		['v/i', true],
		['v/j', false],
	]),
	burst: { count: 3, minutes: 12 },
	learningMs: 0,
};

const DAY_MS = 24 * 3600 * 1000;

const NOW = Date.UTC(2026, 11, 31);

const newMemory = (): RuleMemory => new RuleMemory(emptyMemory('salt'), NOW);

/** @returns for each row whether the rule flags it. */
function flags(id: string, rows: ReadonlyArray<Partial<AuditRow>>, settings: Partial<RuleSettings> = {}): boolean[] {
	const rule = RULES.find((one) => one.id === id);
	if (rule === undefined) throw new Error(`There is no rule ${id}`);
	const memory = newMemory();
	return rows.map((row) => rule.test(auditRow(row), { ...SETTINGS, ...settings }, memory) !== undefined);
}

const at = (timestamp: string): Partial<AuditRow> => ({ timestamp });

describe('outside working hours', () => {
	it.each([
		['Monday at ten', '2026-01-05T10:00:00Z', {}, false],
		['Monday, first minute', '2026-01-05T08:00:00Z', {}, false],
		['Monday, a minute too early', '2026-01-05T07:59:59Z', {}, true],
		['Monday, end', '2026-01-05T18:00:00Z', {}, true],
		['Sunday', '2026-01-04T10:00:00Z', {}, true],
		['in Tokyo it is evening', '2026-01-05T10:00:00Z', { clock: new ZonedClock('Asia/Tokyo') }, true],
		['in Tokyo it is Monday already', '2026-01-04T23:30:00Z', { clock: new ZonedClock('Asia/Tokyo') }, false],
		['night shift, before midnight', '2026-01-05T23:00:00Z', { startMinute: 1320, endMinute: 360 }, false],
		['night shift of Friday, on Saturday', '2026-01-10T05:00:00Z', { startMinute: 1320, endMinute: 360 }, false],
		['night shift of Sunday, on Monday', '2026-01-05T05:00:00Z', { startMinute: 1320, endMinute: 360 }, true],
		['no time at all', 'soon', {}, false],
		['an empty time', '', {}, false],
		['summer time', '2026-07-06T06:30:00Z', { clock: new ZonedClock('Europe/Zurich') }, false],
	])('%s', (_what, timestamp, working, expected) => {
		expect(flags('outsideHours', [at(timestamp)], { working: { ...SETTINGS.working, ...working } })).toEqual([expected]);
	});
});

describe('unknown client', () => {
	it.each([
		['first time, then known', [{}, {}], {}, [true, false]],
		['another release is the same client', [{}, { userAgent: 'connect-sdk-go/1.6.0' }], {}, [true, false]],
		['another token', [{}, { tokenId: 'other' }], {}, [true, true]],
		['another workflow', [{ workflowId: 'a' }, { workflowId: 'b' }, { workflowId: 'a' }], {}, [true, true, false]],
		[
			'a list: user agents and workflows',
			[{}, { workflowId: 'a' }, { userAgent: 'curl/8' }, { workflowId: 'b' }],
			{ knownClients: ['connect-sdk-go', 'a'] },
			[false, false, true, true],
		],
		[
			'a list: case, versions and comments do not count',
			[{ userAgent: '1Password-CLI/2.30 (linux; amd64)' }, { userAgent: '1password-cli' }, { userAgent: '1Password-CLIX/2' }],
			{ knownClients: ['1password-cli/9'] },
			[false, false, true],
		],
		[
			'a list: the first products are enough',
			[{ userAgent: 'Mozilla/5.0 (X11) AppleWebKit/537 (KHTML, like Gecko) Chrome/1' }, { userAgent: 'Mozilla/5.0 (X11) Gecko/1' }],
			{ knownClients: ['Mozilla/5.0 (Mac) AppleWebKit/600 (KHTML', 'like Gecko) Safari/600'] },
			[false, true],
		],
		['a list: workflows exactly', [{ workflowId: 'aB' }, { workflowId: 'ab' }, { workflowId: 'aB2' }], { knownClients: ['aB'] }, [false, true, true]],
		['a comment makes no other client', [{ userAgent: 'cli/2 (linux)' }, { userAgent: 'cli/3 (darwin)' }], {}, [true, false]],
		[
			'the node that reads the log',
			[
				{ workflowId: 'w', node: 'Audit' },
				{ workflowId: 'w', node: 'Audit', tokenId: 'stolen' },
				{ workflowId: 'w', node: 'Get' },
			],
			{ knownClients: ['x'], own: { workflowId: 'w', node: 'Audit', tokenId: 'token' } },
			[false, true, true],
		],
		['while learning', [{}, { userAgent: 'curl/8' }], { learningMs: DAY_MS }, [false, false]],
		['no user agent', [{ userAgent: null }], {}, [true]],
	] as const)('%s', (_what, rows, settings, expected) => {
		expect(flags('unknownClient', rows, settings)).toEqual(expected);
	});
});

describe('new IP', () => {
	it.each([
		['first time, then known', [{}, {}, { ip: '10.0.0.2' }], {}, [true, false, true]],
		['known for another token only', [{}, { tokenId: 'other' }], {}, [true, true]],
		[
			'one address in several spellings',
			[
				'2001:DB8::1',
				'2001:db8:0:0:0:0:0:1',
				'[2001:db8::0001]:443',
				'1.2.3.4',
				'1.2.3.4:5678',
				'::ffff:1.2.3.4',
				'::FFFF:102:304',
				'2001:db8::1:443',
				'fe80::1%eth0',
				'somewhere',
			].map((ip) => ({ ip })),
			{},
			[true, false, false, true, false, false, false, true, true, true],
		],
		['learnt, and a day later another one', [{}, { ip: '10.0.0.2', ...at('2026-01-06T10:00:01Z') }], { learningMs: DAY_MS }, [false, true]],
		['none', [{ ip: null }], {}, [false]],
	] as const)('%s', (_what, rows, settings, expected) => {
		expect(flags('newIp', rows, settings)).toEqual(expected);
	});
});

/** A row of the Events API names a person and no token. */
const by = (userId: string, rest: Partial<AuditRow> = {}): Partial<AuditRow> => ({ tokenId: null, userAgent: null, userId, ...rest });

describe('people in place of tokens', () => {
	it.each([
		['newIp', [by('ada'), by('ada'), by('eve'), by('eve', { ip: '10.0.0.2' })], [true, false, true, true]],
		['firstAccess', [by('ada'), by('ada'), by('eve'), by('eve', { itemId: 'j' })], [true, false, true, true]],
		['unknownClient', [by('ada'), by('ada'), by('eve')], [true, false, true]],
		['burst', [by('ada'), by('eve'), by('ada'), by('eve'), by('ada')], [false, false, false, false, true]],
	] as const)('%s tells them apart', (rule, rows, expected) => {
		expect(flags(rule, rows)).toEqual(expected);
	});

	it('are what the reasons speak of', () => {
		const rules = RULES.filter(({ id }) => ['newIp', 'unknownClient'].includes(id));
		const reasonOf = (row: Partial<AuditRow>): string | undefined => judgeRow(auditRow(row), rules, SETTINGS, newMemory())?.reason;
		expect(reasonOf(by('ada'))).toBe('First request by this user from 10.0.0.1. First request by this user.');
		const [first] = RULES.filter(({ id }) => id === 'firstAccess');
		expect(first?.test(auditRow(by('ada')), SETTINGS, newMemory())).toBe('First access to this item by this user.');
		expect(reasonOf({})).toBe('First request with this token from 10.0.0.1. First request of this client with this token: connect-sdk-go.');
	});
});

describe('denied request', () => {
	it.each([
		['DENY', true],
		['SUCCESS', false],
		['UNKNOWN', false],
	])('%s', (result, expected) => {
		expect(flags('denied', [{ result }])).toEqual([expected]);
	});
});

describe('first access', () => {
	it.each([
		['first time, then known', [{}, {}], [true, false]],
		['another item, another vault', [{}, { itemId: 'j' }, { vaultId: 'w' }], [true, true, true]],
		['another client', [{}, { userAgent: 'curl/8' }], [true, true]],
		['a refused one is no access', [{ result: 'DENY' }, {}], [false, true]],
		['no item', [{ itemId: null }], [false]],
	] as const)('%s', (_what, rows, expected) => {
		expect(flags('firstAccess', rows)).toEqual(expected);
	});
});

describe('burst: 3 in 12 minutes', () => {
	const minute = (number: number, rest: Partial<AuditRow> = {}): Partial<AuditRow> => ({
		timestamp: new Date(Date.UTC(2026, 0, 5, 10, number)).toISOString(),
		...rest,
	});
	it.each([
		['told once for a burst', [0, 1, 2, 3, 4].map((n) => minute(n)), [false, false, true, false, false]],
		['too slow', [0, 8, 16, 24].map((n) => minute(n)), [false, false, false, false]],
		['just within', [0, 5, 11].map((n) => minute(n)), [false, false, true]],
		['just not', [0, 5, 12].map((n) => minute(n)), [false, false, false]],
		['told again when it goes on', [0, 0, 0, 6, 12, 13].map((n) => minute(n)), [false, false, true, false, false, true]],
		['each token for itself', [minute(0), minute(0, { tokenId: 'x' }), minute(0), minute(0, { tokenId: 'y' })], [false, false, false, false]],
		['under another name each time', [1, 2, 3].map((n) => minute(0, { userAgent: `agent${n}` })), [false, false, true]],
	] as const)('%s', (_what, rows, expected) => {
		expect(flags('burst', rows)).toEqual(expected);
	});
});

describe('critical item', () => {
	it.each([
		[{}, true],
		[{ itemId: 'j' }, false],
		[{ vaultId: null, itemId: null }, false],
	])('%j', (row, expected) => {
		expect(flags('criticalItem', [row])).toEqual([expected]);
	});

	const none = new Map<string, boolean>();
	const judge = (memory: RuleMemory, tagged: ReadonlyMap<string, boolean>): string | undefined =>
		judgeRow(auditRow(), RULES.slice(1, 2), { ...SETTINGS, tagged }, memory)?.rules;

	it('stays critical when it is gone, and until it was seen without the tag', () => {
		const memory = newMemory();
		expect([memory.knowsTags, judge(memory, none)]).toEqual([false, undefined]);
		memory.noteTags(
			new Map([
				['v/i', true],
				['v/j', false],
			]),
		);
		const after = new RuleMemory(parseMemory(JSON.parse(JSON.stringify(memory))) as StoredMemory, NOW);
		expect([after.knowsTags, judge(after, none), judge(after, new Map([['v/i', false]]))]).toEqual([true, 'criticalItem', 'criticalItem']);
		after.noteTags(new Map([['v/j', true]]));
		expect(judge(after, none)).toBe('criticalItem');
		after.noteTags(new Map([['v/i', false]]));
		expect(judge(after, none)).toBeUndefined();
	});

	it('is unknown where it neither is nor was listed', () => {
		const memory = newMemory();
		memory.noteTags(new Map([['v/i', true]]));
		const unknown = ['i', 'j', 'k', null].map((itemId) => isOfUnknownItem(auditRow({ itemId }), new Map([['v/j', false]]), memory));
		expect(unknown).toEqual([false, false, true, false]);
	});
});

describe('a verdict', () => {
	it('has the highest severity and all reasons', () => {
		const memory = newMemory();
		const verdict = judgeRow(auditRow({ result: 'DENY' }), RULES, SETTINGS, memory);
		expect(verdict?.severity).toBe('high');
		expect(verdict?.anomalies.map(({ rule }) => rule)).toEqual(['criticalItem', 'denied', 'newIp', 'unknownClient']);
		expect(verdict?.rules).toBe('criticalItem, denied, newIp, unknownClient');
		expect(verdict?.reason).toContain('refused');
		expect(judgeRow(auditRow(), [], SETTINGS, memory)).toBeUndefined();
	});
});

describe('the memory of the rules', () => {
	it('is bounded, and holds no address, id, client or title', () => {
		const memory = newMemory();
		for (let n = 0; n < 20_000; n++) {
			const row = auditRow({
				ip: `10.0.${n >> 8}.${n & 255}`,
				itemId: `item-${n}`,
				itemTitle: 'Title',
				userAgent: `agent${n}`,
				tokenId: `token-${n}`,
			});
			judgeRow(row, RULES, SETTINGS, memory);
			memory.noteTags(new Map([[`v/item-${n}`, true]]));
		}
		const text = JSON.stringify(memory);
		expect(text.length).toBeLessThan(100_000);
		expect(text).not.toMatch(/10\.0|item-|Title|agent|token/);
	});

	it('of one rule does not drive out what another one knows', () => {
		const memory = newMemory();
		judgeRow(auditRow(), RULES, SETTINGS, memory);
		for (let n = 0; n < 3_100; n++) judgeRow(auditRow({ itemId: `item-${n}` }), RULES, SETTINGS, memory);
		expect(judgeRow(auditRow(at('2026-01-06T10:00:00Z')), RULES, SETTINGS, memory)?.rules).toBe('criticalItem, firstAccess');
	});

	it('learns for each rule from its own first row on', () => {
		const memory = newMemory();
		const judge = (rule: string, row: Partial<AuditRow>): string | undefined =>
			judgeRow(
				auditRow(row),
				RULES.filter(({ id }) => id === rule),
				{ ...SETTINGS, learningMs: DAY_MS },
				memory,
			)?.rules;
		expect([judge('unknownClient', {}), judge('unknownClient', { userAgent: 'curl', ...at('2026-01-08T00:00:00Z') })]).toEqual([
			undefined,
			'unknownClient',
		]);
		expect([judge('newIp', at('2026-01-08T00:00:00Z')), judge('newIp', { ip: '10.0.0.2', ...at('2026-01-08T10:00:00Z') })]).toEqual([
			undefined,
			undefined,
		]);
		expect(judge('newIp', { ip: '10.0.0.3', ...at('2026-01-09T10:00:00Z') })).toBe('newIp');
	});

	it.each([
		['later than now', '2036-01-01T00:00:00Z', NOW],
		['before there was a log', '1970-01-01T00:00:00Z', undefined],
		['none', 'soon', undefined],
	])('a first row with a time that is %s neither ends the learning nor puts it off for years', (_what, timestamp, since) => {
		const memory = newMemory();
		const judge = (row: Partial<AuditRow>, now = memory): string | undefined =>
			judgeRow(
				auditRow(row),
				RULES.filter(({ id }) => id === 'newIp'),
				{ ...SETTINGS, learningMs: DAY_MS },
				now,
			)?.rules;
		expect(judge(at(timestamp))).toBeUndefined();
		expect(memory.toJSON().kinds.ip?.since).toBe(since);
		const [first, next, late] = [0, DAY_MS / 2, 1.5 * DAY_MS].map((ms) => new Date(NOW + ms).toISOString());
		const later = new RuleMemory(memory.toJSON(), NOW + 2 * DAY_MS);
		expect([
			judge({ ip: '1', timestamp: first }, later),
			judge({ ip: '2', timestamp: next }, later),
			judge({ ip: '3', timestamp: late }, later),
		]).toEqual([undefined, undefined, 'newIp']);
	});

	it('comes back from static data', () => {
		const before = newMemory();
		judgeRow(auditRow(), RULES, SETTINGS, before);
		const after = new RuleMemory(JSON.parse(JSON.stringify(before)) as StoredMemory, NOW);
		expect(judgeRow(auditRow(), RULES, SETTINGS, after)?.anomalies.map(({ rule }) => rule)).toEqual(['criticalItem']);
	});
});
