/**
 * What a watcher remembers of the items of a vault, and its compact text form: an id and a version take 24 characters.
 * Titles and values are never part of it.
 */

import { looksLikeId } from '../names/connectId';
import { OnePasswordError } from '../errors/onePasswordError';

const PRESENCES = ['active', 'absent', 'archived', 'deleted'] as const;

/** `absent`: a list did not hold it, and nothing says yet what became of it. */
export type Presence = (typeof PRESENCES)[number];

export interface KnownItem {
	readonly id: string;
	readonly version: number;
	readonly presence: Presence;
	/** Whether it matched the filters when it was last seen: a deleted item can't be asked any more. */
	readonly watched: boolean;
	/** 24 bits that tell titles apart, by which a moved item is recognised; 0 = not kept. */
	readonly mark: number;
}

export type KnownItems = ReadonlyMap<string, KnownItem>;

/** An id is 26 base 36 digits: two numbers of 10 digits (52 bits each) and one of 6 (32 bits) are 17 bytes. */
const ID_BYTES = 17;
const MARK_BYTES = 3;
const MAX_NUMBER_BYTES = 8;
const LOW_20_BITS = 2 ** 20;

/** Presence takes 2 bits, watched one, the mark's presence one. */
const FLAGS = 16;

/** @throws OnePasswordError PROTOCOL for an id that is none. */
export function packItems(items: KnownItems): string {
	const bytes = Buffer.allocUnsafe(MAX_NUMBER_BYTES + items.size * (ID_BYTES + MAX_NUMBER_BYTES + MARK_BYTES));
	let end = writeVariable(bytes, 0, items.size);
	for (const item of items.values()) {
		end = writeId(bytes, end, item.id);
		const flags = PRESENCES.indexOf(item.presence) + (item.watched ? 4 : 0) + (item.mark > 0 ? 8 : 0);
		end = writeVariable(bytes, end, item.version * FLAGS + flags);
		if (item.mark > 0) end = bytes.writeUIntBE(item.mark, end, MARK_BYTES);
	}
	return bytes.toString('base64', 0, end).replace(/=+$/, '');
}

/** @returns the items in the order they were packed in, or `undefined` where the text was not made by `packItems`. */
export function unpackItems(text: string): Map<string, KnownItem> | undefined {
	const bytes = Buffer.from(text, 'base64');
	const items = new Map<string, KnownItem>();
	const [count, start] = readVariable(bytes, 0);
	let at = start;
	if (at > bytes.length) return undefined;
	while (at < bytes.length) {
		if (at + ID_BYTES >= bytes.length) return undefined;
		const id = readId(bytes, at);
		const [value, next] = readVariable(bytes, at + ID_BYTES);
		const flags = value % FLAGS;
		const hasMark = flags >= 8;
		at = hasMark ? next + MARK_BYTES : next;
		if (at > bytes.length || !looksLikeId(id)) return undefined;
		items.set(id, {
			id,
			version: (value - flags) / FLAGS,
			presence: PRESENCES[flags % 4] ?? 'active',
			watched: flags % 8 >= 4,
			mark: hasMark ? bytes.readUIntBE(next, MARK_BYTES) : 0,
		});
	}
	// A text that was cut short would make items seem new.
	return items.size === count ? items : undefined;
}

function writeId(bytes: Buffer, at: number, id: string): number {
	if (!looksLikeId(id)) throw strangeId();
	const first = parseInt(id.slice(0, 10), 36);
	const second = parseInt(id.slice(10, 20), 36);
	bytes.writeUInt32BE(Math.floor(first / LOW_20_BITS), at);
	bytes.writeUInt32BE(Math.floor(second / LOW_20_BITS), at + 4);
	bytes.writeUInt32BE(parseInt(id.slice(20), 36), at + 8);
	return bytes.writeUIntBE((first % LOW_20_BITS) * LOW_20_BITS + (second % LOW_20_BITS), at + 12, 5);
}

function readId(bytes: Buffer, at: number): string {
	const low = bytes.readUIntBE(at + 12, 5);
	const first = bytes.readUInt32BE(at) * LOW_20_BITS + Math.floor(low / LOW_20_BITS);
	const second = bytes.readUInt32BE(at + 4) * LOW_20_BITS + (low % LOW_20_BITS);
	return digits(first, 10) + digits(second, 10) + digits(bytes.readUInt32BE(at + 8), 6);
}

/** Two digits a step: `Number.toString(36)` is too slow for lists of 50,000 items. */
const PAIRS: readonly string[] = Array.from({ length: 36 ** 2 }, (_, pair) => pair.toString(36).padStart(2, '0'));

function digits(value: number, count: number): string {
	let text = '';
	for (let rest = value, written = 0; written < count; written += 2) {
		text = (PAIRS[rest % PAIRS.length] ?? '') + text;
		rest = Math.floor(rest / PAIRS.length);
	}
	return text;
}

/** Seven bits a byte, lowest first; the highest bit says that more follow. */
function writeVariable(bytes: Buffer, at: number, value: number): number {
	let end = at;
	let rest = value;
	for (; rest >= 128; rest = Math.floor(rest / 128)) end = bytes.writeUInt8((rest % 128) + 128, end);
	return bytes.writeUInt8(rest, end);
}

function readVariable(bytes: Buffer, at: number): readonly [value: number, next: number] {
	let value = 0;
	let next = at;
	for (let weight = 1; ; weight *= 128) {
		const byte = bytes[next++] ?? 0;
		value += (byte % 128) * weight;
		if (byte < 128) return [value, next];
	}
}

function strangeId(): OnePasswordError {
	return new OnePasswordError({
		code: 'PROTOCOL',
		message: 'The Connect server listed an item whose ID is not 26 lower-case letters and digits.',
		advice: "Check that the 'Server URL' of the credential is the address of a 1Password Connect server.",
	});
}
