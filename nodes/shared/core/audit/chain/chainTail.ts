/**
 * Where a chain of rows ends, as the table shows it. Two runs at once, or one that was cut off while it stored rows, leave
 * rows beside the chain: they are found by their place in it, which every row carries as `sequence`.
 */

import { CHAIN_START } from './auditChain';

export interface TailRow {
	readonly eventId: string;
	/** Place in the chain, from 1; rows of older releases have none. */
	readonly sequence?: number;
	/** Empty for a row that was not chained. */
	readonly previousHash: string;
	readonly hash: string;
}

export interface ChainTail {
	/** Of the last row. */
	readonly hash: string;
	/** Of the last row; 0 where it has none. */
	readonly sequence: number;
	/** Event ids of rows that are not part of the chain: told again, they are added at its end. */
	readonly loose: ReadonlySet<string>;
}

/** @param rows the newest ones of a table, in any order, with or without repeats. */
export function findChainTail(rows: readonly TailRow[]): ChainTail {
	const byHash = new Map(rows.flatMap((row): Array<[string, TailRow]> => (row.hash === '' ? [] : [[row.hash, row]])));
	const chain = longestChain(byHash);
	const [first] = chain;
	if (first === undefined) return { hash: CHAIN_START, sequence: 0, loose: new Set() };
	const inChain = new Set(chain);
	// The chain begins with the oldest row. Nobody knows where a row without a place belongs.
	const isBeside = (row: TailRow): boolean => row.sequence !== undefined && !inChain.has(row);
	const beside = new Set([...byHash.values()].filter(isBeside).map(({ eventId }) => eventId));
	// An event that is there twice, once in the chain: both come to be the same row when it is told again, with all after it.
	const twin = chain.findIndex(({ eventId }) => beside.has(eventId));
	const kept = twin < 0 ? chain : chain.slice(0, twin);
	for (const { eventId } of chain.slice(kept.length)) beside.add(eventId);
	const last = kept[kept.length - 1];
	return {
		hash: last?.hash ?? first.previousHash,
		sequence: last === undefined ? Math.max(0, sequenceOf(first) - 1) : sequenceOf(last),
		loose: beside,
	};
}

/** @returns the rows that follow each other, oldest first: of several chains the one that reaches back and then on furthest. */
function longestChain(byHash: ReadonlyMap<string, TailRow>): TailRow[] {
	const followed = new Set([...byHash.values()].map(({ previousHash }) => previousHash));
	let best: TailRow[] = [];
	for (const end of byHash.values()) {
		if (followed.has(end.hash)) continue;
		const chain: TailRow[] = [];
		const visited = new Set<string>();
		for (let row: TailRow | undefined = end; row !== undefined && !visited.has(row.hash); row = byHash.get(row.previousHash)) {
			visited.add(row.hash);
			chain.push(row);
		}
		best = isBetter(chain, best) ? chain : best;
	}
	return best.reverse();
}

/** Every run has to choose the same one. @param chain @param other newest first. */
function isBetter(chain: readonly TailRow[], other: readonly TailRow[]): boolean {
	const [end, root] = [chain[0], chain[chain.length - 1]];
	const [otherEnd, otherRoot] = [other[0], other[other.length - 1]];
	if (end === undefined || root === undefined) return false;
	if (otherEnd === undefined || otherRoot === undefined) return true;
	const difference = sequenceOf(otherRoot) - sequenceOf(root) || sequenceOf(end) - sequenceOf(otherEnd) || chain.length - other.length;
	return difference > 0 || (difference === 0 && end.hash < otherEnd.hash);
}

function sequenceOf({ sequence = 0 }: TailRow): number {
	return sequence;
}
