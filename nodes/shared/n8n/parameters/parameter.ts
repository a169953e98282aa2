/**
 * A parameter is one object: what the editor shows, and how its value is read. Its name, default, range and choices are
 * in one place, so that what the editor offers is what the node accepts.
 */

import type { INodeProperties } from 'n8n-workflow';

/** What parameters are read from: those of a node, the members of a collection, or those of one row. */
export interface ParameterValues {
	/** @returns the value; `undefined` where there is none. */
	value(name: string): unknown;
	/** @returns whether it was added, or filled in with an expression: then it must not be empty. */
	isGiven(name: string): boolean;
}

/** @returns the value, read once, without one if an expression found nothing; `undefined` where nothing was filled in. */
export function readFilled(values: ParameterValues, name: string): { readonly value: unknown } | undefined {
	const value = values.value(name);
	return value !== undefined || values.isGiven(name) ? { value } : undefined;
}

/** Anything that the editor shows. */
export interface Described {
	readonly property: INodeProperties;
}

export interface Parameter<T> extends Described {
	/** @throws OnePasswordError INVALID_INPUT, which names the parameter as the editor does. */
	read(values: ParameterValues): T;
}

/** What a maker is told: all that the editor shows, but for what the maker itself decides. */
export type Definition = Omit<INodeProperties, 'type' | 'default' | 'options'>;

/** @returns the same parameter, shown in another way. */
export function shownAs<P extends Described>(
	parameter: P,
	changes: Partial<Pick<INodeProperties, 'description' | 'displayOptions' | 'placeholder' | 'required'>>,
): P {
	return { ...parameter, property: { ...parameter.property, ...changes } };
}

/** @returns the parameter for a member of a collection; `undefined` where the member was not added. */
export function added<T>({ property, read }: Parameter<T>): Parameter<T | undefined> {
	return { property, read: (values) => (values.isGiven(property.name) ? read(values) : undefined) };
}
