import { isObject } from '../../json';
import { SEEN_KINDS, type StoredKind, type StoredMemory } from './memory';

/** @returns the memory, if it is one that this release can read: static data may come from another, or from hand. */
export function parseMemory(stored: unknown): StoredMemory | undefined {
	if (!isObject(stored) || typeof stored.salt !== 'string' || !isObject(stored.kinds)) return undefined;
	const { kinds } = stored;
	const isWhole = SEEN_KINDS.every((kind) => kinds[kind] === undefined || isKind(kinds[kind]));
	const isTagged = stored.tagged === undefined || isEntries(stored.tagged, isMark);
	return isWhole && isTagged && isEntries(stored.tallies, isTally) ? (stored as unknown as StoredMemory) : undefined;
}

function isKind(value: unknown): value is StoredKind {
	const isTime = isObject(value) && (value.since === undefined || Number.isFinite(value.since));
	return isTime && isEntries(value.seen, isMark);
}

function isMark(value: unknown): boolean {
	return value === 1;
}

function isTally(value: unknown): boolean {
	return Array.isArray(value) && value.every((slot) => Array.isArray(slot) && slot.length === 2 && slot.every(Number.isFinite));
}

function isEntries(value: unknown, matches: (member: unknown) => boolean): boolean {
	return Array.isArray(value) && value.every((entry) => Array.isArray(entry) && typeof entry[0] === 'string' && matches(entry[1]));
}
