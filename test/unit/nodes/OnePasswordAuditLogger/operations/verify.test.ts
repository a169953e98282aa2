import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { verify } from '../../../../../nodes/OnePasswordAuditLogger/operations/verify';
import { CHAIN_START, chainRow, type ChainedRow } from '../../../../../nodes/shared/core/audit/chain/auditChain';
import type { Disclosed } from '../../../../../nodes/shared/n8n/operations/discloser';
import { auditRows } from '../../../../support/auditRows';
import { fakeContext, rowsOf } from '../fakeContext';

const ROWS: ChainedRow[] = [];
for (const row of auditRows(6)) ROWS.push(chainRow(row, ROWS[ROWS.length - 1]?.hash ?? CHAIN_START));

function run(rows: readonly object[], expectations: object = {}): IDataObject {
	const context = fakeContext({ expectations }, { inputs: rows.map((json) => ({ json: json as IDataObject })) });
	const [report = {}] = rowsOf(verify.run(context) as Disclosed);
	return report;
}

describe('where nothing is set', () => {
	it('the first rows must be there, and the answer says what to switch off for a part of them', () => {
		expect(run(ROWS)).toMatchObject({ valid: true, checked: 6 });
		expect(run(ROWS.slice(2))).toMatchObject({
			valid: false,
			startsAtBeginning: false,
			firstBroken: { index: 0, eventId: 'event-2', reason: 'removed', explanation: expect.stringContaining("'From the Beginning' off") },
		});
		expect(run(ROWS.slice(2), { fromBeginning: false })).toMatchObject({ valid: true, checked: 4 });
	});

	it('no rows are not valid', () => {
		expect(run([{}])).toMatchObject({ valid: false, checked: 0, firstBroken: { reason: 'empty' } });
		expect(run([{}], { fromBeginning: false, checkEnd: false })).toMatchObject({ valid: false, firstBroken: { reason: 'empty' } });
	});
});

it('the last hash counts however much space is around it', () => {
	expect(run(ROWS, { lastHash: ` ${ROWS[5]?.hash} ` })).toMatchObject({ valid: true, endCheckedAgainst: 'Last Hash' });
	expect(run(ROWS.slice(0, 5), { lastHash: ROWS[5]?.hash })).toMatchObject({ valid: false });
});

describe('an expectation whose expression finds nothing is refused', () => {
	const nothing = [undefined, null, ''];
	it.each([...nothing, '  ', {}])('Last Hash: %j', (lastHash) => {
		expect(() => run(ROWS, { lastHash })).toThrow("'Last Hash' is");
	});

	it.each(nothing)('the switches: %j', (value) => {
		expect(() => run(ROWS, { fromBeginning: value })).toThrow("'From the Beginning' is not true or false");
		expect(() => run(ROWS, { checkEnd: value })).toThrow("'End of the Chain' is not true or false");
	});
});
