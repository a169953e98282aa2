/** Finds the first place at which exported rows are not what was once written. */

import { CHAIN_START, canonicalRow, canonicalTime, columnOf, hashRow, hasTwinColumns } from './auditChain';
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
	/** The hash of a row that must be among them, such as the last one that is known to be stored. */
	readonly includes?: string;
}

/** @param rows in any order; a part of the chain will do, but no rows at all are never valid. */
export function verifyChain(rows: readonly Row[], expected: ChainExpectation = {}): ChainReport {
	const { links, repeated } = toLinks(rows);
	const unreadable = firstAmbiguous(rows) ?? firstUnchained(links);
	const chain = unreadable === null ? walk(links) : [];
	const broken =
		unreadable ?? nothing(rows, expected) ?? missingStart(chain, expected) ?? firstBreak(links, chain) ?? missingEnd(rows, chain, expected);
	return {
		valid: broken === null,
		checked: links.length,
		repeated,
		startsAtBeginning: chain[0]?.previousHash === CHAIN_START,
		lastHash: broken === null ? (chain[chain.length - 1]?.hash ?? null) : null,
		firstBroken: broken,
	};
}

function firstAmbiguous(rows: readonly Row[]): ChainBreak | null {
	for (const [index, row] of rows.entries()) {
		if (hasTwinColumns(row)) return toBreak({ index, eventId: textOf(row, 'eventId') || null }, 'ambiguous');
	}
	return null;
}

function firstUnchained(links: readonly Link[]): ChainBreak | null {
	const unchained = links.find(({ hash, previousHash }) => hash === '' || previousHash === '');
	return unchained === undefined ? null : toBreak(unchained, 'unchained');
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
		return [{ index, eventId, previousHash, hash, time, matches: hashRow(row, previousHash) === hash }];
	});
	return { links, repeated: rows.length - links.length };
}

/** @returns the rows that follow each other, from the earliest beginning on. */
function walk(links: readonly Link[]): Link[] {
	const hashes = new Set(links.map(({ hash }) => hash));
	const followers = new Map<string, Link[]>();
	for (const link of links) {
		const others = followers.get(link.previousHash);
		if (others === undefined) followers.set(link.previousHash, [link]);
		else others.push(link);
	}
	const goesOn = ({ hash }: Link): number => (followers.has(hash) ? 0 : 1);
	const best = (candidates: readonly Link[]): Link | undefined =>
		[...candidates].sort((a, b) => goesOn(a) - goesOn(b) || Number(b.matches) - Number(a.matches) || a.time - b.time || a.index - b.index)[0];
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

/** Who finds that nothing was checked must not read that it is valid. */
function nothing(rows: readonly Row[], { lastHash, includes }: ChainExpectation): ChainBreak | null {
	if (rows.length > 0) return null;
	if (lastHash === undefined && includes === undefined) return toBreak({ index: 0, eventId: null }, 'empty');
	return missingAt(0, 'There are no rows, although some are known to be stored: all were removed.');
}

const BEGINS_LATE =
	"Rows before it are missing: it is not the first one that was ever chained. To verify a part of the rows that begins later, turn 'From the Beginning' off.";

/** Nothing in the rows themselves tells that the first or the last ones are missing. A first row that was changed may be the first one. */
function missingStart([first]: readonly Link[], { fromBeginning = false }: ChainExpectation): ChainBreak | null {
	if (!fromBeginning || first === undefined || first.previousHash === CHAIN_START || !first.matches) return null;
	return toBreak(first, 'removed', BEGINS_LATE);
}

function missingEnd(rows: readonly Row[], chain: readonly Link[], { lastHash, includes }: ChainExpectation): ChainBreak | null {
	if (lastHash !== undefined && chain[chain.length - 1]?.hash !== lastHash) {
		return missingAt(rows.length, 'The rows do not end with the expected hash.');
	}
	if (includes === undefined || chain.some(({ hash }) => hash === includes)) return null;
	return missingAt(rows.length, 'The last row that is known to be stored is missing: rows at the end were removed.');
}

function missingAt(index: number, explanation: string): ChainBreak {
	return toBreak({ index, eventId: null }, 'removed', explanation);
}

function textOf(row: Row, column: string): string {
	const value = columnOf(row, column);
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
