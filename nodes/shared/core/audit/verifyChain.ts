/** Finds the first place at which exported rows are not what was once written. */

import { CHAIN_START, canonicalRow, canonicalTime, columnOf, hashRow } from './auditChain';
import { firstBreak, toBreak, type ChainBreak, type Link } from './chainBreak';

export interface ChainReport {
	readonly valid: boolean;
	/** Rows without repeats. */
	readonly checked: number;
	/** Rows that were there more than once, as at-least-once delivery makes them. */
	readonly repeated: number;
	/** Whether the rows begin with the very first one that was chained. */
	readonly startsAtBeginning: boolean;
	/** Of the last row of the chain: compare it with one that is kept elsewhere. */
	readonly lastHash: string | null;
	readonly firstBroken: ChainBreak | null;
}

type Row = Readonly<Record<string, unknown>>;

export interface ChainExpectation {
	/** Whether the first row that was ever chained must be there. Default false. */
	readonly fromBeginning?: boolean;
	/** The hash of the last row, as it was kept elsewhere. */
	readonly lastHash?: string;
}

/** @param rows in any order; a part of the chain will do. */
export function verifyChain(rows: readonly Row[], expected: ChainExpectation = {}): ChainReport {
	const { links, repeated } = toLinks(rows);
	const unchained = links.find(({ hash, previousHash }) => hash === '' || previousHash === '');
	const chain = unchained === undefined ? walk(links) : [];
	const broken =
		unchained === undefined
			? (missingStart(chain, expected) ?? firstBreak(links, chain) ?? missingEnd(rows, chain, expected))
			: toBreak(unchained, 'unchained');
	return {
		valid: broken === null,
		checked: links.length,
		repeated,
		startsAtBeginning: chain[0]?.previousHash === CHAIN_START,
		lastHash: broken === null ? (chain[chain.length - 1]?.hash ?? null) : null,
		firstBroken: broken,
	};
}

function toLinks(rows: readonly Row[]): { links: Link[]; repeated: number } {
	const seen = new Set<string>();
	const links = rows.flatMap((row, index): Link[] => {
		const [previousHash, hash] = [textOf(row, 'previousHash'), textOf(row, 'hash')];
		const identity = `${previousHash} ${hash} ${canonicalRow(row)}`;
		if (seen.has(identity)) return [];
		seen.add(identity);
		const eventId = textOf(row, 'eventId') || null;
		const time = Date.parse(canonicalTime(columnOf(row, 'timestamp') ?? ''));
		return [{ index, eventId, previousHash, hash, time, fits: hashRow(row, previousHash) === hash }];
	});
	return { links, repeated: rows.length - links.length };
}

/** @returns the rows that follow each other, from the earliest beginning on. */
function walk(links: readonly Link[]): Link[] {
	const hashes = new Set(links.map(({ hash }) => hash));
	const followers = new Map<string, Link[]>();
	for (const link of links) followers.set(link.previousHash, [...(followers.get(link.previousHash) ?? []), link]);
	const goesOn = ({ hash }: Link): number => (followers.has(hash) ? 0 : 1);
	const best = (candidates: readonly Link[]): Link | undefined =>
		[...candidates].sort((a, b) => goesOn(a) - goesOn(b) || Number(b.fits) - Number(a.fits) || a.index - b.index)[0];
	const chain: Link[] = [];
	const visited = new Set<Link>();
	let next = best(followers.get(CHAIN_START) ?? []) ?? earliest(links.filter(({ previousHash }) => !hashes.has(previousHash)));
	for (; next !== undefined && !visited.has(next); next = best(followers.get(next.hash) ?? [])) {
		chain.push(next);
		visited.add(next);
	}
	return chain;
}

/** A beginning that goes on tells more than a row that stands alone. */
function earliest(links: readonly Link[]): Link | undefined {
	return [...links].sort((a, b) => a.time - b.time || a.index - b.index)[0];
}

/** Nothing in the rows themselves tells that the first or the last ones are missing. */
function missingStart([first]: readonly Link[], { fromBeginning = false }: ChainExpectation): ChainBreak | null {
	const isMissing = fromBeginning && first !== undefined && first.previousHash !== CHAIN_START;
	return isMissing ? toBreak(first, 'removed') : null;
}

function missingEnd(rows: readonly Row[], chain: readonly Link[], { lastHash }: ChainExpectation): ChainBreak | null {
	if (lastHash === undefined || chain[chain.length - 1]?.hash === lastHash) return null;
	return { index: rows.length, eventId: null, reason: 'removed', explanation: 'The rows do not end with the expected hash.' };
}

function textOf(row: Row, column: string): string {
	const value = columnOf(row, column);
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
