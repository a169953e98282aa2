import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { toAuditRow } from '../../nodes/shared/core/audit/rows/activityRow';
import { CHAIN_START, chainRow, type ChainedRow } from '../../nodes/shared/core/audit/chain/auditChain';
import { verifyChain } from '../../nodes/shared/core/audit/chain/verifyChain';
import type { ApiRequest } from '../../nodes/shared/core/wire';
import { AuditTables } from './support/auditTables';

/** The query of the audit workflow that stores rows. */

let tables: AuditTables;

beforeAll(async () => {
	tables = await AuditTables.create();
});

afterAll(async () => {
	await tables?.drop();
});

/** @returns whether the chain of the row is whole in the table. */
async function isWholeIn(...rows: readonly ChainedRow[]): Promise<boolean> {
	for (const row of rows) await tables.store([row]);
	const stored = await tables.query('SELECT * FROM onepassword_audit WHERE "eventId" = $1', rows[0]?.eventId);
	return verifyChain(stored, { fromBeginning: true }).valid;
}

const rowOf = (request: object, standIn = 0): ChainedRow => chainRow(toAuditRow(request as ApiRequest, standIn), CHAIN_START);

it.each(
	[
		'a\u0000b',
		'\ud800x',
		'x\udc00',
		'\u202eturned',
		'\u2028',
		'😀'.repeat(3_000),
		'U'.repeat(1_000_000),
		'\'"\\',
		'\\',
		'\\u0000',
		'$1',
		'%s',
		'{"a":"b\\u0000"}',
		"'); DROP TABLE onepassword_audit; --",
		'{{ $json }}',
		' ',
		'\u{10ffff}',
	].map((text) => [text.slice(0, 40), text]),
)('a row is stored completely with any text: %j', async (_shown, text) => {
	const actor = { id: text, account: text, jti: text, userAgent: text, requestIp: text };
	const resource = { type: text, vault: { id: text }, item: { id: text }, itemVersion: 2 ** 40 };
	expect(
		await isWholeIn(rowOf({ requestId: text.slice(0, 50), timestamp: '2026-01-01T00:00:00Z', action: text, result: text, actor, resource })),
	).toBe(true);
});

it.each(['9999-12-31T23:59:59-05:00', '9999-12-31T23:59:59.999Z', '0001-01-01T00:00:00Z', '2026-01-01T00:00:60Z', '2026-01-01T24:00:00Z', 'soon'])(
	'a row is stored completely with any time: %s',
	async (timestamp) => {
		expect(await isWholeIn(rowOf({ requestId: `time-${timestamp.length}`, timestamp, action: 'READ' }))).toBe(true);
	},
);

it('a row without a time stays complete when it is returned again with another row', async () => {
	const request = { requestId: 'untimed', timestamp: '', action: 'READ' };
	expect(await isWholeIn(rowOf(request, Date.UTC(2026, 0, 1)), rowOf(request, Date.UTC(2026, 0, 2)))).toBe(true);
});

it('rows that do not follow the last stored one are left for the next run', async () => {
	await tables.query('TRUNCATE onepassword_audit');
	const row = (requestId: string, previousHash: string, sequence: number): ChainedRow & { sequence: number } => ({
		...chainRow(toAuditRow({ requestId, timestamp: new Date().toISOString(), action: 'READ' } as unknown as ApiRequest), previousHash),
		sequence,
	});
	const first = row('first', CHAIN_START, 1);
	const [one, other] = [row('one', first.hash, 2), row('other', first.hash, 2)];
	await tables.store([first], [], '', first.previousHash);
	// Two concurrent runs, each with a different row before those that both have read.
	await Promise.all([tables.store([one], [], '', first.hash), tables.store([other], [], '', first.hash)]);
	const stored = await tables.query('SELECT * FROM onepassword_audit');
	expect(stored).toHaveLength(2);
	expect(verifyChain(stored, { fromBeginning: true })).toMatchObject({ valid: true, checked: 2 });
	const newest = await tables.run('Read newest events');
	expect(newest.filter(({ eventId }) => eventId !== null).map(({ sequence }) => Number(sequence))).toEqual([2, 1]);
	expect(newest.filter(({ eventId }) => eventId === null)).toHaveLength(1);
});
