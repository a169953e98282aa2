/** From what parameters and their expressions yield to the type that is wanted. */

import { isObject, toObject, type JsonObject } from '../../core/json';
import { invalidInput, type OnePasswordError } from '../../core/errors/onePasswordError';

/** @returns the text; a number or a boolean becomes text, as expressions yield them for ids and codes. */
export function requireText(value: unknown, displayName: string): string {
	const text = toText(value, displayName);
	if (text !== '') return text;
	throw isEmpty(displayName);
}

/** @returns the text, empty where nothing is set. */
export function toText(value: unknown, displayName: string): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'object') throw wrongType(displayName, 'text');
	return String(value);
}

/**
 * A switch that an expression sets to something else must not count as off: it may be the one that keeps from writing.
 * @returns whether it is on; false where nothing is set.
 */
export function toFlag(value: unknown, displayName: string): boolean {
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false' || value === undefined) return false;
	throw wrongType(displayName, 'true or false');
}

/** @returns the whole number, or `undefined` where nothing is set. */
export function toWholeNumber(value: unknown, displayName: string, minimum: number): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number === 'number' && Number.isInteger(number) && number >= minimum) return number;
	throw wrongType(displayName, `a whole number of at least ${minimum}`);
}

/** @returns the texts of a list, or of one text with commas between them. */
export function toTexts(value: unknown, displayName: string): string[] {
	const members: unknown[] = Array.isArray(value) ? (value as unknown[]) : toText(value, displayName).split(',');
	return members.map((member) => toText(member, displayName).trim()).filter((text) => text !== '');
}

/** @returns the rows of a fixed collection that allows several. */
export function toRows(value: unknown): readonly JsonObject[] {
	const [rows] = Object.values(toObject(value));
	return Array.isArray(rows) ? rows.map(toObject) : [];
}

/** @returns the members of a collection. */
export function toMembers(value: unknown, displayName: string): JsonObject {
	if (isObject(value)) return value;
	throw wrongType(displayName, 'an object');
}

/** @returns the value, which is one of the known ones. */
export function oneOf<T extends string>(value: unknown, known: readonly T[], displayName: string): T {
	const found = known.find((candidate) => candidate === value);
	if (found !== undefined) return found;
	throw invalidInput(`'${displayName}' has an unknown value.`, `Use one of: ${known.join(', ')}.`);
}

/** @param advice default: to fill it in. */
export function isEmpty(
	displayName: string,
	advice = 'Fill it in; if it is an expression, check that it finds a value for this item.',
): OnePasswordError {
	return invalidInput(`'${displayName}' is empty.`, advice);
}

/** For a parameter that may be left empty: then an expression that finds nothing must not count as empty. */
export function findsNothing(displayName: string): OnePasswordError {
	return invalidInput(
		`The expression of '${displayName}' finds nothing.`,
		'Check it; to leave the parameter empty on purpose, remove the expression.',
	);
}

function wrongType(displayName: string, wanted: string): OnePasswordError {
	return invalidInput(`'${displayName}' is not ${wanted}.`, 'Check the value or the expression of this parameter.');
}
