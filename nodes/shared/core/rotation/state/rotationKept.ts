/** How a rotation keeps the earlier values of other fields: as JSON with names and values. */

import { isObject } from '../../json';

/** @returns names and values, empty for an empty text; `undefined` if it was not written by a rotation. */
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
