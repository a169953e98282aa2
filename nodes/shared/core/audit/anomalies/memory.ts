/**
 * What the rules remember from run to run, as static data keeps it: keyed codes of what was seen, no address, no title and
 * no value, and of each kind not more than a fixed number, so that many of one kind do not drive out those of another.
 */

import { createHmac } from 'node:crypto';

import { Recent } from '../../recent';
import type { RuleRow } from './ruleRow';

/** Things that can be new, and how many of each are remembered. */
const CAPACITY = { client: 200, ip: 800, item: 2_000 } as const;

export type SeenKind = keyof typeof CAPACITY;

export const SEEN_KINDS = Object.keys(CAPACITY) as readonly SeenKind[];

/** Requests of a token in one twelfth of the time of a burst: number of the twelfth, requests. */
export type Tally = ReadonlyArray<readonly [slot: number, count: number]>;

export interface StoredKind {
	/** Milliseconds since the epoch, of the first row: learning begins then. */
	readonly since?: number;
	readonly seen: ReadonlyArray<readonly [string, 1]>;
}

export interface StoredMemory {
	readonly salt: string;
	readonly kinds: Readonly<Partial<Record<SeenKind, StoredKind>>>;
	readonly tallies: ReadonlyArray<readonly [string, Tally]>;
	/** Items that had the tag of critical ones when they were last listed; `undefined` before the first time. */
	readonly tagged?: ReadonlyArray<readonly [string, 1]>;
}

const MAX_TALLIES = 200;

const MAX_TAGGED = 1_000;

/** Base64 characters: 48 bits. */
const CODE_LENGTH = 8;

/** No log of 1Password Connect is older; milliseconds since the epoch. */
const EARLIEST = Date.UTC(2015, 0, 1);

interface Kind {
	since: number | undefined;
	readonly seen: Recent<1>;
}

export class RuleMemory {
	readonly tallies: Recent<Tally>;
	private tagged: Recent<1> | undefined;
	private readonly kinds: ReadonlyMap<SeenKind, Kind>;

	/** @param now milliseconds since the epoch: no row counts as later. */
	constructor(
		private readonly stored: StoredMemory,
		private readonly now: number,
	) {
		this.kinds = new Map(
			SEEN_KINDS.map((kind) => {
				const { since, seen = [] } = stored.kinds[kind] ?? {};
				return [kind, { since, seen: new Recent(CAPACITY[kind], seen) }];
			}),
		);
		this.tallies = new Recent(MAX_TALLIES, stored.tallies);
		this.tagged = stored.tagged && new Recent(MAX_TAGGED, stored.tagged);
	}

	/**
	 * @param learningMs in which, from the first row of the kind on, nothing is new.
	 * @returns whether it was not seen before; from now on it was.
	 */
	isNew(kind: SeenKind, row: RuleRow, parts: readonly string[], learningMs: number): boolean {
		const known = this.kinds.get(kind) as Kind;
		const code = this.codeOf(parts);
		const isKnown = known.seen.get(code) !== undefined;
		known.seen.set(code, 1);
		return !this.isLearning(known, row, learningMs) && !isKnown;
	}

	/** @returns whether tags were ever listed. */
	get knowsTags(): boolean {
		return this.tagged !== undefined;
	}

	/** @returns whether the item had the tag when it was last listed: it may be gone by now. */
	wasTagged(key: string): boolean {
		return this.tagged !== undefined && !this.tagged.isEmpty && this.tagged.get(this.codeOf([key])) !== undefined;
	}

	/** @param listed the items of a list, and whether they have the tag. */
	noteTags(listed: ReadonlyMap<string, boolean>): void {
		this.tagged ??= new Recent(MAX_TAGGED);
		for (const [key, isTagged] of listed) {
			if (isTagged) this.tagged.set(this.codeOf([key]), 1);
			else if (!this.tagged.isEmpty) this.tagged.delete(this.codeOf([key]));
		}
	}

	codeOf(parts: readonly string[]): string {
		return createHmac('sha256', this.stored.salt).update(JSON.stringify(parts)).digest('base64url').slice(0, CODE_LENGTH);
	}

	/** A row with a time that can not be true neither begins the learning nor ends it. */
	private isLearning(kind: Kind, { timestamp }: RuleRow, learningMs: number): boolean {
		const time = Math.min(Date.parse(timestamp), this.now);
		const isPlausible = time >= EARLIEST;
		if (isPlausible) kind.since ??= time;
		return (isPlausible ? time : this.now) < (kind.since ?? this.now) + learningMs;
	}

	toJSON(): StoredMemory {
		const kinds = [...this.kinds].flatMap(([kind, { since, seen }]): Array<[string, StoredKind]> =>
			since === undefined ? [] : [[kind, { since, seen: seen.toJSON() }]],
		);
		return {
			salt: this.stored.salt,
			kinds: Object.fromEntries(kinds),
			tallies: this.tallies.toJSON(),
			...(this.tagged && { tagged: this.tagged.toJSON() }),
		};
	}
}

/** @returns the memory, and the items that had the tag by a later one: when rows come again, these may be gone. */
export function withTaggedOf(stored: StoredMemory | undefined, later: RuleMemory): StoredMemory | undefined {
	const { tagged = [] } = later.toJSON();
	if (stored === undefined || tagged.length === 0) return stored;
	const all = new Recent(MAX_TAGGED, stored.tagged);
	for (const [code, mark] of tagged) all.set(code, mark);
	return { ...stored, tagged: all.toJSON() };
}

/** @param salt random text, made once. */
export function emptyMemory(salt: string): StoredMemory {
	return { salt, kinds: {}, tallies: [] };
}
