/** The form in which a rotation keeps what other fields held: JSON of their names and values. */

import { isObject } from '../../json';

/** @returns names and values, none for an empty text; `undefined` where no rotation wrote it. */
export function parseKept(text: string): ReadonlyArray<readonly [string, string]> | undefined {
	if (text === '') return [];
	try {
		const kept: unknown = JSON.parse(text);
		if (!isObject(kept)) return undefined;
		return Object.entries(kept).map(([name, value]) => [name, String(value)]);
	} catch {
		return undefined;
	}
}
