/** Where a chain of rows is broken first, and how. */

import { CHAIN_START } from './auditChain';

export type BreakReason = 'ambiguous' | 'changed' | 'empty' | 'inserted' | 'removed' | 'restarted' | 'unchained';

export interface ChainBreak {
	/** Place among the given rows, from 0; of the row after it where one is missing. */
	readonly index: number;
	readonly eventId: string | null;
	readonly reason: BreakReason;
	readonly explanation: string;
}

export interface Link {
	readonly index: number;
	readonly eventId: string | null;
	readonly previousHash: string;
	readonly hash: string;
	readonly time: number;
	/** Whether the hash matches the row. */
	readonly matches: boolean;
}

const EXPLANATIONS: Readonly<Record<BreakReason, string>> = {
	ambiguous: 'The row has the same column twice, in two spellings: there is no way to know which of them was written.',
	changed: 'The contents of the row do not fit its hash.',
	empty: 'There are no rows, so that nothing was checked: none was stored yet, or all were removed.',
	inserted: 'The chain continues without the row: it was not written by the audit node.',
	removed: 'The row before it is missing, or was changed together with its hash.',
	restarted:
		'A second chain begins with the row: the collecting node was recreated or lost its memory, or the row was inserted. Verify the rows of each chain separately.',
	unchained: 'The row has no hash: the columns previousHash and hash are needed.',
};

/** @param chain the rows that follow each other from the beginning on. */
export function firstBreak(links: readonly Link[], chain: readonly Link[]): ChainBreak | null {
	const changed = chain.findIndex(({ matches }) => !matches);
	const rest = looseParts(links, chain).sort((a, b) => a.place - b.place || a.link.time - b.link.time || a.link.index - b.link.index)[0];
	const changedLink = chain[changed];
	if (changedLink !== undefined && (rest === undefined || changed < rest.place)) return toBreak(changedLink, 'changed');
	if (rest === undefined) return null;
	if (rest.link.previousHash === CHAIN_START && rest.link.matches) return toBreak(rest.link, 'restarted');
	const isFork = chain.some(({ previousHash }) => previousHash === rest.link.previousHash);
	if (rest.place < chain.length || isFork) return toBreak(rest.link, 'inserted');
	return toBreak(rest.link, rest.link.matches ? 'removed' : 'changed');
}

/**
 * Rows of one moment come in any order, and late ones before earlier ones: of rows that follow each other only the first
 * one counts, and those whose own beginning is missing stand behind the chain.
 */
function looseParts(links: readonly Link[], chain: readonly Link[]): Array<{ link: Link; place: number }> {
	const inChain = new Set(chain);
	const chained = new Set(chain.map(({ hash }) => hash));
	const rest = links.filter((link) => !inChain.has(link));
	const hashes = new Set(rest.map(({ hash }) => hash));
	const followed = new Set(rest.map(({ previousHash }) => previousHash));
	const firsts = rest.filter(({ previousHash }) => !hashes.has(previousHash));
	return (firsts.length > 0 ? firsts : rest).map((link) => {
		const isSevered = link.matches && followed.has(link.hash) && !chained.has(link.previousHash);
		return { link, place: isSevered ? chain.length : placeOf(link, chain) };
	});
}

/** @returns how many rows of the chain come before the row. */
function placeOf({ time, index, matches }: Link, chain: readonly Link[]): number {
	const after = chain.findIndex((link) => link.time > time || (link.time === time && !matches && link.index > index));
	return after < 0 ? chain.length : after;
}

export function toBreak({ index, eventId }: Pick<Link, 'index' | 'eventId'>, reason: BreakReason, explanation = EXPLANATIONS[reason]): ChainBreak {
	return { index, eventId, reason, explanation };
}
