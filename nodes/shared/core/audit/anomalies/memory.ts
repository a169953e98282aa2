/**
 * What the rules remember from run to run, as static data keeps it: keyed codes of what was seen, no address, no title and
 * no value, and not more than fixed numbers of them.
 */

import { createHmac } from 'node:crypto';

import { Recent } from './recent';
import type { RuleRow } from './rule';

/** Requests of a client in one twelfth of the time of a burst: number of the twelfth, requests. */
export type Tally = ReadonlyArray<readonly [slot: number, count: number]>;

export interface StoredMemory {
	readonly salt: string;
	/** Milliseconds since the epoch, of the first row. */
	readonly since?: number;
	readonly seen: ReadonlyArray<readonly [string, 1]>;
	readonly tallies: ReadonlyArray<readonly [string, Tally]>;
}

const MAX_SEEN = 3_000;
const MAX_CLIENTS = 200;

/** Base64 characters: 48 bits. */
const CODE_LENGTH = 8;

export class RuleMemory {
	readonly tallies: Recent<Tally>;
	private readonly seen: Recent<1>;
	private since: number | undefined;

	constructor(private readonly stored: StoredMemory) {
		this.seen = new Recent(MAX_SEEN, stored.seen);
		this.tallies = new Recent(MAX_CLIENTS, stored.tallies);
		this.since = stored.since;
	}

	/** @returns whether it was not seen before; from now on it was. */
	isNew(rule: string, ...parts: readonly string[]): boolean {
		const code = this.codeOf([rule, ...parts]);
		const isNew = this.seen.get(code) === undefined;
		this.seen.set(code, 1);
		return isNew;
	}

	codeOf(parts: readonly string[]): string {
		return createHmac('sha256', this.stored.salt).update(JSON.stringify(parts)).digest('base64url').slice(0, CODE_LENGTH);
	}

	/** @returns whether the row belongs to the time in which the rules only learn what is usual. */
	isLearning({ timestamp }: RuleRow, periodMs: number): boolean {
		const time = Date.parse(timestamp);
		this.since ??= time;
		return time < this.since + periodMs;
	}

	toJSON(): StoredMemory {
		return {
			salt: this.stored.salt,
			...(this.since !== undefined && { since: this.since }),
			seen: this.seen.toJSON(),
			tallies: this.tallies.toJSON(),
		};
	}
}

/** @param salt random text, made once. */
export function emptyMemory(salt: string): StoredMemory {
	return { salt, seen: [], tallies: [] };
}
