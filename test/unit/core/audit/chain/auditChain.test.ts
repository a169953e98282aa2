import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { CHAIN_START, chainRow, type ChainedRow } from '../../../../../nodes/shared/core/audit/chain/auditChain';
import { AUDIT_COLUMNS } from '../../../../../nodes/shared/core/audit/rows/auditColumns';
import { verifyChain } from '../../../../../nodes/shared/core/audit/chain/verifyChain';
import { auditRow, auditRows } from '../../../../support/auditRows';
import { cpuMsOf } from '../../../../support/cpuTime';

type Row = Record<string, unknown>;

const SIZE = 20;

function chain(count = SIZE): ChainedRow[] {
	let previousHash = CHAIN_START;
	return auditRows(count).map((row) => {
		const chained = chainRow(row, previousHash);
		previousHash = chained.hash;
		return chained;
	});
}

const ROWS = chain();

const without = (index: number): ChainedRow[] => ROWS.filter((_row, place) => place !== index);
const withRow = (index: number, row: Row): Row[] => [...ROWS.slice(0, index), row, ...ROWS.slice(index)] as unknown as Row[];
const replaced = (index: number, change: Row): Row[] => ROWS.map((row, place) => (place === index ? { ...row, ...change } : { ...row }));
const verify = (rows: readonly unknown[], expected = {}) => verifyChain(rows as Row[], expected);

const forged = (index: number): Row => {
	const { previousHash, timestamp } = ROWS[index] as ChainedRow;
	return { ...chainRow(auditRow({ eventId: 'forged', timestamp }), previousHash) };
};

describe('a chain as it was written', () => {
	it('is valid in any order, in part, and with repeats', () => {
		expect(verify(ROWS)).toEqual({
			valid: true,
			checked: SIZE,
			repeated: 0,
			startsAtBeginning: true,
			lastHash: ROWS[SIZE - 1]?.hash,
			firstBroken: null,
		});
		expect(verify([...ROWS].reverse()).valid).toBe(true);
		expect(verify(ROWS.slice(5, 12))).toMatchObject({ valid: true, startsAtBeginning: false });
		expect(verify([...ROWS, ...ROWS.slice(3, 6)])).toMatchObject({ valid: true, checked: SIZE, repeated: 3 });
	});
});

describe('rows of one moment, in any order', () => {
	/** What a database makes of them, as it sorts by time. */
	const shuffled = (rows: readonly object[], order: readonly number[]): object[] =>
		rows
			.map((row, index) => ({ row, at: order[index % order.length] ?? 0 }))
			.sort((a, b) => a.at - b.at)
			.map(({ row }) => row);
	const inBatches = (rowsOfMoment: number): ChainedRow[] => {
		let previousHash = CHAIN_START;
		return auditRows(SIZE).map((row, index) => {
			const timestamp = new Date(Date.UTC(2026, 0, 5) + Math.floor(index / rowsOfMoment)).toISOString();
			const chained = chainRow({ ...row, timestamp }, previousHash);
			previousHash = chained.hash;
			return chained;
		});
	};
	const orders = fc.array(fc.nat(1_000), { minLength: SIZE + 1, maxLength: SIZE + 1 });

	it.each([2, 7, SIZE])('%d of them: what was changed, removed or inserted is found', (rowsOfMoment) => {
		const rows = inBatches(rowsOfMoment);
		fc.assert(
			fc.property(fc.integer({ min: 1, max: SIZE - 3 }), orders, (index, order) => {
				const [row, next] = rows.slice(index) as [ChainedRow, ChainedRow];
				const breakOf = (tampered: readonly object[]): unknown => verify(shuffled(tampered, order)).firstBroken;
				expect(breakOf(rows)).toBeNull();
				expect(breakOf(rows.map((one) => (one === row ? { ...one, ip: '1.1.1.1' } : one)))).toMatchObject({
					eventId: row.eventId,
					reason: 'changed',
				});
				expect(breakOf(rows.filter((one) => one !== row))).toMatchObject({ eventId: next.eventId, reason: 'removed' });
				expect(breakOf([...rows, { ...row, eventId: 'forged' }])).toMatchObject({ eventId: 'forged', reason: 'inserted' });
			}),
		);
	});

	it('a row that came late, after the removed one, is not taken for an inserted one', () => {
		const early = new Date(Date.UTC(2026, 0, 5, 9, 59)).toISOString();
		let previousHash = CHAIN_START;
		const rows = auditRows(SIZE).map((row, index) => {
			const chained = chainRow({ ...row, ...(index === 8 && { timestamp: early }) }, previousHash);
			previousHash = chained.hash;
			return chained;
		});
		expect(verify(rows.filter((_row, index) => index !== 7)).firstBroken).toMatchObject({ eventId: 'event-8', reason: 'removed' });
	});
});

describe('the first row that was tampered with', () => {
	it.each(AUDIT_COLUMNS)('is found where %s was changed', (column) => {
		for (const index of [0, 7, SIZE - 1]) {
			const { valid, firstBroken } = verify(replaced(index, { [column]: 'changed' }));
			expect([valid, firstBroken?.index, firstBroken?.reason]).toEqual([false, index, 'changed']);
		}
	});

	it.each(['hash', 'previousHash'])('is found where its %s was changed', (column) => {
		expect(verify(replaced(7, { [column]: 'a'.repeat(64) })).firstBroken).toMatchObject({ index: 7, reason: 'changed' });
	});

	it('is found where it was changed together with its hash: at the row after it', () => {
		const { previousHash } = ROWS[7] as ChainedRow;
		const rows = replaced(7, { ...chainRow(auditRow({ ...auditRows(SIZE)[7], action: 'DELETE' }), previousHash) });
		expect(verify(rows).firstBroken).toMatchObject({ index: 8, reason: 'removed' });
	});

	it('is found after one that was removed', () => {
		for (let index = 1; index < SIZE - 1; index++) {
			expect(verify(without(index)).firstBroken).toMatchObject({ index, eventId: `event-${index + 1}`, reason: 'removed' });
		}
	});

	it('is found where one was inserted, with a hash that fits or not', () => {
		for (let index = 1; index < SIZE; index++) {
			// Of two last rows nothing tells which one was there first.
			const eventId = index < SIZE - 1 ? 'forged' : expect.any(String);
			expect(verify(withRow(index, forged(index))).firstBroken).toMatchObject({ eventId, reason: 'inserted' });
			const crude = { ...auditRow({ eventId: 'forged', timestamp: ROWS[index]?.timestamp }), previousHash: 'x', hash: 'y' };
			expect(verify(withRow(index, crude)).firstBroken).toMatchObject({ index, reason: 'inserted' });
		}
	});

	it('is the first of several', () => {
		const rows = replaced(12, { action: 'DELETE' }).filter((_row, place) => place !== 5);
		expect(verify(rows).firstBroken).toMatchObject({ eventId: 'event-6', reason: 'removed' });
	});

	it('is one without a hash', () => {
		expect(verify(replaced(3, { hash: '' })).firstBroken).toMatchObject({ index: 3, reason: 'unchained' });
	});

	it('is told where the first or the last rows are gone, if one knows what to expect', () => {
		const explanation = expect.stringContaining("turn 'From the Beginning' off");
		expect(verify(ROWS.slice(1), { fromBeginning: true }).firstBroken).toMatchObject({ index: 0, reason: 'removed', explanation });
		const hidden = replaced(0, { previousHash: 'a'.repeat(64) });
		expect(verify(hidden, { fromBeginning: true }).firstBroken).toMatchObject({ index: 0, reason: 'changed' });
		const lastHash = ROWS[SIZE - 1]?.hash;
		expect(verify(ROWS, { fromBeginning: true, lastHash }).valid).toBe(true);
		expect(verify(ROWS.slice(0, -2), { lastHash }).firstBroken).toMatchObject({ index: SIZE - 2, eventId: null, reason: 'removed' });
	});

	it('is none where there are no rows, which are never valid', () => {
		for (const expected of [{}, { fromBeginning: true }]) {
			expect(verify([], expected)).toMatchObject({
				valid: false,
				checked: 0,
				lastHash: null,
				firstBroken: { eventId: null, reason: 'empty' },
			});
		}
		for (const expected of [{ lastHash: 'a' }, { includes: 'a' }]) {
			expect(verify([], expected)).toMatchObject({
				valid: false,
				firstBroken: { index: 0, reason: 'removed', explanation: expect.stringContaining('all were removed') },
			});
		}
	});

	it('is found in any order of the rows', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: SIZE - 2 }), fc.shuffledSubarray([...ROWS.keys()], { minLength: SIZE }), (index, order) => {
				const shuffled = (rows: Row[]): Row[] => order.map((place) => rows[place] ?? {});
				expect(verify(shuffled(replaced(index, { ip: '10.9.9.9' }))).firstBroken?.eventId).toBe(`event-${index}`);
				const removed = order.filter((place) => place !== index).map((place) => ROWS[place]);
				expect(verify(removed).firstBroken).toMatchObject({ eventId: `event-${index + 1}`, reason: 'removed' });
			}),
			{ seed: 5, numRuns: 100 },
		);
	});
});

describe('rows that went through', () => {
	it.each<readonly [string, (row: Row) => Row]>([
		[
			'PostgreSQL: lower-case columns, whole numbers as text, times with a zone',
			(row) =>
				fold({
					...row,
					itemVersion: row.itemVersion === null ? null : String(row.itemVersion),
					timestamp: String(row.timestamp).replace('T', ' ').replace('Z', '+00'),
				}),
		],
		[
			'PostgreSQL: snake case, times as dates, JSON as objects with other order',
			(row) => snake({ ...row, timestamp: new Date(String(row.timestamp)), details: reversed(row.details) }),
		],
		[
			'a session in another time zone',
			(row) => ({ ...row, timestamp: new Date(Date.parse(String(row.timestamp)) + 7_200_000).toISOString().replace('Z', '+02:00') }),
		],
		['timestamp without time zone', (row) => ({ ...row, timestamp: String(row.timestamp).replace('Z', '') })],
		[
			'Google Sheets: empty text, and numbers that were text',
			(row) =>
				Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? '' : name === 'executionId' ? Number(value) : value])),
		],
		[
			'a table with more columns and less null ones',
			(row) => ({ id: 7, inserted_at: 'now', ...Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) }),
		],
	])('%s', (_what, store) => {
		expect(verify(ROWS.map((row) => store({ ...row }))).firstBroken).toBeNull();
	});
});

describe('rows of which the same is meant in another spelling', () => {
	it.each<readonly [string, (timestamp: string) => unknown]>([
		['milliseconds', (timestamp) => Date.parse(timestamp)],
		['milliseconds as text', (timestamp) => String(Date.parse(timestamp))],
		['UTC by name', (timestamp) => timestamp.replace('T', ' ').replace('Z', ' UTC')],
		['an offset after a space', (timestamp) => new Date(Date.parse(timestamp) + 3_600_000).toISOString().replace('T', ' ').replace('Z', ' +0100')],
		['microseconds', (timestamp) => timestamp.replace('.000Z', '.000000+00:00')],
	])('time: %s', (_what, spell) => {
		expect(verify(ROWS.map((row) => ({ ...row, timestamp: spell(row.timestamp) }))).firstBroken).toBeNull();
	});

	it.each(['Z (at night)', ' x', '+01:00'])('words or another zone beside the time are none: %j', (more) => {
		expect(verify(replaced(3, { timestamp: ROWS[3]?.timestamp.replace('Z', '') + more })).firstBroken).toMatchObject({
			index: 3,
			reason: 'changed',
		});
	});

	it('details: spaces and order do not count, a member that is there twice does', () => {
		const [first] = ROWS as [ChainedRow];
		const details = String(first.details);
		expect(verify([{ ...first, details: JSON.stringify(reversed(details), null, 2) }]).valid).toBe(true);
		expect(verify([{ ...first, details: details.replace('{', '{"serverId":"evil: \\"1\\"",') }]).firstBroken).toMatchObject({
			reason: 'changed',
		});
	});
});

describe('a column in two spellings', () => {
	it.each([
		['item_title', { itemTitle: 'evil', item_title: ROWS[2]?.itemTitle }],
		['itemtitle', { itemtitle: 'evil' }],
		['Previous Hash', { 'Previous Hash': ROWS[2]?.previousHash }],
	])('%s is a break, whichever of them is true', (_what, columns) => {
		expect(verify(replaced(2, columns)).firstBroken).toMatchObject({ index: 2, eventId: 'event-2', reason: 'ambiguous' });
	});

	it('does not matter for columns that the chain does not cover', () => {
		expect(verify(ROWS.map((row) => ({ ...row, inserted_at: 1, insertedAt: 2 }))).valid).toBe(true);
	});
});

describe('what is known of the end', () => {
	it.each([
		['no rows, and a last hash', [], { lastHash: 'a' }, false],
		['no rows, and one that is known to be stored', [], { includes: 'a' }, false],
		['rows after the one that is known to be stored', ROWS, { includes: ROWS[10]?.hash }, true],
		['up to the one that is known to be stored', ROWS.slice(0, 11), { includes: ROWS[10]?.hash }, true],
		['without the one that is known to be stored', ROWS.slice(0, 10), { includes: ROWS[10]?.hash }, false],
	])('%s', (_what, rows, expected, valid) => {
		expect(verify(rows, expected)).toMatchObject({ valid, ...(!valid && { firstBroken: { reason: 'removed', eventId: null } }) });
	});
});

describe('a chain that begins anew', () => {
	const later = (rows: number): ChainedRow[] => {
		let previousHash = CHAIN_START;
		return auditRows(rows).map((row, index) => {
			const chained = chainRow({ ...row, eventId: `later-${index}`, timestamp: new Date(Date.UTC(2026, 1, 1) + index).toISOString() }, previousHash);
			previousHash = chained.hash;
			return chained;
		});
	};

	it.each([1, 5])('is told as that, at the first of its %d rows, in any order', (count) => {
		for (const rows of [
			[...ROWS, ...later(count)],
			[...later(count), ...ROWS],
		]) {
			expect(verify(rows).firstBroken).toMatchObject({
				eventId: 'later-0',
				reason: 'restarted',
				explanation: expect.stringContaining('recreated or lost its memory'),
			});
		}
	});

	it('does not hide what was changed before it', () => {
		expect(verify([...replaced(4, { ip: '1.1.1.1' }), ...later(3)]).firstBroken).toMatchObject({ index: 4, reason: 'changed' });
	});
});

function fold(row: Row): Row {
	return Object.fromEntries(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value]));
}

function snake(row: Row): Row {
	return Object.fromEntries(Object.entries(row).map(([name, value]) => [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]));
}

function reversed(details: unknown): unknown {
	return Object.fromEntries(Object.entries(JSON.parse(String(details)) as object).reverse());
}

it('forty thousand rows that all claim one predecessor are looked at within seconds', async () => {
	const rows = auditRows(40_000).map((row) => chainRow(row, 'a'.repeat(64)));
	expect(await cpuMsOf(() => expect(verify(rows).valid).toBe(false))).toBeLessThan(10_000);
});

it('ten thousand rows are verified within seconds', async () => {
	const rows = chain(10_000);
	expect(await cpuMsOf(() => expect(verify(rows).valid).toBe(true))).toBeLessThan(5_000);
});
