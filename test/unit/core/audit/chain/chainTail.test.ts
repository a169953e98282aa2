import { describe, expect, it } from '@jest/globals';

import { CHAIN_START } from '../../../../../nodes/shared/core/audit/chain/auditChain';
import { findChainTail, type TailRow } from '../../../../../nodes/shared/core/audit/chain/chainTail';

/** @returns rows `a1`, `a2`, … that follow a row; the hash of a row is its name. */
const chainOf = (name: string, count: number, previousHash = CHAIN_START, sequence = 0): TailRow[] =>
	Array.from({ length: count }, (_, index) => ({
		eventId: `event ${name}${index + 1}`,
		sequence: sequence + index + 1,
		previousHash: index === 0 ? previousHash : `${name}${index}`,
		hash: `${name}${index + 1}`,
	}));

const tailOf = (...rows: TailRow[]): [hash: string, sequence: number, loose: string[]] => {
	const { hash, sequence, loose } = findChainTail(rows);
	return [hash, sequence, [...loose].sort()];
};

describe('the end of a chain', () => {
	it('is its last row, in whatever order the rows come', () => {
		expect(tailOf()).toEqual([CHAIN_START, 0, []]);
		expect(tailOf(...chainOf('a', 5).reverse())).toEqual(['a5', 5, []]);
		expect(tailOf(...chainOf('a', 5), ...chainOf('a', 5))).toEqual(['a5', 5, []]);
	});

	it('is found among the newest rows alone', () => {
		expect(tailOf(...chainOf('a', 9).slice(5))).toEqual(['a9', 9, []]);
	});

	it('is that of the longer side of a fork, and the rows of the other side are loose', () => {
		const chain = chainOf('a', 4);
		expect(tailOf(...chain, ...chainOf('b', 1, 'a2', 2))).toEqual(['a4', 4, ['event b1']]);
		const even = [...chain, ...chainOf('b', 2, 'a2', 2)];
		expect(tailOf(...even)).toEqual(tailOf(...even.reverse()));
	});

	it('does not lie behind a row that is missing', () => {
		expect(tailOf(...chainOf('a', 3), ...chainOf('b', 9, 'gone', 4))).toEqual(['a3', 3, chainOf('b', 9).map(({ eventId }) => eventId)]);
	});

	it('lies before an event that is there twice with different hashes', () => {
		const chain = chainOf('a', 4);
		const twin = { eventId: 'event a3', sequence: 3, previousHash: 'a2', hash: 'other' };
		expect(tailOf(...chain, twin)).toEqual(['a2', 2, ['event a3', 'event a4']]);
	});

	it('takes rows without a place for the oldest, and for none that are loose', () => {
		const old = chainOf('old', 3).map(({ sequence: _sequence, ...row }) => row);
		expect(tailOf(...old, ...chainOf('a', 2, 'old3'))).toEqual(['a2', 2, []]);
		expect(tailOf(...old, { ...(old[2] as TailRow), eventId: 'fork', hash: 'fork' })[2]).toEqual([]);
	});

	it('does not run in circles', () => {
		expect(tailOf({ eventId: 'a', previousHash: 'b', hash: 'a' }, { eventId: 'b', previousHash: 'a', hash: 'b' })[2]).toEqual([]);
	});
});
