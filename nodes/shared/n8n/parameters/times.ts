import { parseTime } from '../../core/time/zonedTime';
import type { Definition, Described, ParameterValues } from './parameter';

/** A date with a time; its value is in milliseconds since the epoch. */
export interface TimeParameter<T> extends Described {
	/**
	 * @param timeZone of times that are entered without one.
	 * @throws OnePasswordError INVALID_INPUT.
	 */
	read(values: ParameterValues, timeZone: string): T;
}

export function timeParameter(definition: Definition): TimeParameter<number> {
	const { name, displayName } = definition;
	return {
		property: { ...definition, type: 'dateTime', default: '' },
		read: (values, timeZone) => parseTime(values.value(name), displayName, timeZone),
	};
}

/** `undefined` where it is left empty. */
export function optionalTime(definition: Definition): TimeParameter<number | undefined> {
	const { property } = timeParameter(definition);
	const isBlank = (value: unknown): boolean => value === undefined || (typeof value === 'string' && value.trim() === '');
	return {
		property,
		read: (values, timeZone) => {
			const value = values.value(definition.name);
			return isBlank(value) ? undefined : parseTime(value, definition.displayName, timeZone);
		},
	};
}

/** For a member of a collection: `undefined` where it was not added. Once added it must not be empty. */
export function addedTime(definition: Definition): TimeParameter<number | undefined> {
	const { property, read } = timeParameter(definition);
	return {
		property,
		read: (values, timeZone) => (values.isGiven(property.name) ? read(values, timeZone) : undefined),
	};
}
