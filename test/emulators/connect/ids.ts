import { createHash } from 'node:crypto';

import { seededRandom } from './random';

/** Gives ids to vaults, items, fields, sections, files and tokens. */
export interface IdSource {
	/** A new id: 26 characters of lower-case base32. */
	next(): string;
}

const ID_PATTERN = /^[\da-z]{26}$/;
const ID_LENGTH = 26;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** The same ids in the same order for the same seed number. */
export function seededIds(seed = 1): IdSource {
	const random = seededRandom(seed);
	return {
		next: () => {
			let id = '';
			while (id.length < ID_LENGTH) id += BASE32.charAt(Math.floor(random() * BASE32.length));
			return id;
		},
	};
}

export function isId(text: string): boolean {
	return ID_PATTERN.test(text);
}

/** A UUID that depends on nothing but `name`. */
export function uuidOf(name: string): string {
	const hex = createHash('sha256').update(name).digest('hex');
	return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
