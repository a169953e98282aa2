/** Reads the parameters of one input item with their types checked, and errors that name them as the editor does. */

import type { IExecuteFunctions, INodeParameterResourceLocator } from 'n8n-workflow';

import { toObject, type JsonObject } from '../../core/json';
import { invalidInput, type OnePasswordError } from '../../core/errors/onePasswordError';

export class Parameters {
	constructor(
		private readonly node: Pick<IExecuteFunctions, 'getNodeParameter'>,
		private readonly itemIndex: number,
	) {}

	/** @returns the value of a parameter, or `undefined` where it is not set. */
	value(name: string): unknown {
		// Without a fallback n8n refuses a parameter that is not set.
		return (this.node.getNodeParameter(name, this.itemIndex, null) as unknown) ?? undefined;
	}

	/** @returns what stands in the editor: an expression as it is written, with `=` before it. */
	source(name: string): unknown {
		return this.node.getNodeParameter(name, this.itemIndex, null, { rawExpressions: true }) as unknown;
	}

	/** @throws OnePasswordError INVALID_INPUT where it is empty. */
	text(name: string, displayName: string): string {
		return requireText(this.value(name), displayName);
	}

	/** @throws OnePasswordError INVALID_INPUT for anything but true, false and their names. */
	flag(name: string, displayName: string): boolean {
		return toFlag(this.value(name), displayName);
	}

	/** @returns the members of a collection that are set. */
	collection(name: string): JsonObject {
		return toObject(this.value(name));
	}

	/** @returns the rows of a fixed collection that allows several. */
	rows(name: string): ReadonlyArray<JsonObject> {
		return toRows(this.value(name));
	}

	locator(name: string): Pick<INodeParameterResourceLocator, 'mode' | 'value'> {
		const locator = toObject(this.value(name));
		return {
			mode: typeof locator.mode === 'string' ? locator.mode : 'id',
			value: (locator.value ?? '') as INodeParameterResourceLocator['value'],
		};
	}
}

/** @returns the text; a number or a boolean becomes text, as expressions yield them for ids and codes. */
export function requireText(value: unknown, displayName: string): string {
	const text = toText(value, displayName);
	if (text !== '') return text;
	throw invalidInput(`'${displayName}' is empty.`, 'Fill it in; if it is an expression, check that it finds a value for this item.');
}

/**
 * For a parameter that may be left empty: then an expression that finds nothing must not count as empty.
 * @param source what `Parameters.source` returns of it.
 */
export function refuseExpression(source: unknown, displayName: string): void {
	if (typeof source !== 'string' || !/^=\s*\S/.test(source)) return;
	throw invalidInput(
		`The expression of '${displayName}' finds nothing.`,
		'Check it; to leave the parameter empty on purpose, remove the expression.',
	);
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

/** @returns whether a member of a collection is on. One whose expression finds nothing is refused; an absent one is off, unless told otherwise. */
export function readSwitch(collection: JsonObject, name: string, displayName: string, absent = false): boolean {
	return name in collection ? toFlag(collection[name] ?? null, displayName) : absent;
}

/** @returns the trimmed text of a member of a collection; `undefined` where the member was not added. An empty one is refused. */
export function readText(collection: JsonObject, name: string, displayName: string): string | undefined {
	if (!(name in collection)) return undefined;
	const text = toText(collection[name], displayName).trim();
	if (text !== '') return text;
	throw invalidInput(`'${displayName}' is empty.`, 'Check that its expression finds a value, or remove the option.');
}

/** @returns the whole number, or `undefined` where nothing is set. */
export function toWholeNumber(value: unknown, displayName: string, minimum: number): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number === 'number' && Number.isInteger(number) && number >= minimum) return number;
	throw wrongType(displayName, `a whole number of at least ${minimum}`);
}

/**
 * @returns the whole number in a member of a collection; `undefined` where the member was not added. One whose expression
 * finds nothing is refused: what it is to guard against would happen without a word.
 */
export function readNumber(collection: JsonObject, name: string, displayName: string, minimum: number): number | undefined {
	const number = toWholeNumber(collection[name], displayName, minimum);
	if (number !== undefined || !(name in collection)) return number;
	throw invalidInput(`'${displayName}' is empty.`, 'Check that its expression finds a number, or remove the option.');
}

/** @returns the texts of a list, or of one text with commas between them. */
export function toTexts(value: unknown, displayName: string): string[] {
	const members: unknown[] = Array.isArray(value) ? (value as unknown[]) : toText(value, displayName).split(',');
	return members.map((member) => toText(member, displayName).trim()).filter((text) => text !== '');
}

export function toRows(value: unknown): ReadonlyArray<JsonObject> {
	const [rows] = Object.values(toObject(value));
	return Array.isArray(rows) ? rows.map(toObject) : [];
}

function wrongType(displayName: string, wanted: string): OnePasswordError {
	return invalidInput(`'${displayName}' is not ${wanted}.`, 'Check the value or the expression of this parameter.');
}
