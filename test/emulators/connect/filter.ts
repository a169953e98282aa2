import { failure } from './failure';

export interface Filter {
	readonly attribute: string;
	readonly operator: 'eq' | 'co';
	readonly value: string;
}

/** Comparisons joined by `or`: one of them has to be true. @throws ConnectFailure 400 */
export function parseAlternatives(text: string, attributes: readonly string[]): Filter[] {
	// Only behind a quoted value: an `or` inside one is part of it.
	const [, first, others] = /^([^"]*"(?:[^"\\]|\\.)*")\s+or\s+(.*)$/is.exec(text) ?? [];
	if (first === undefined || others === undefined) return [parseFilter(text, attributes)];
	return [parseFilter(first, attributes), ...parseAlternatives(others, attributes)];
}

/**
 * One comparison as SCIM writes it: `title eq "Payments API"`. Everything beyond what clients are known to send (`and`,
 * `sw`, …) is refused, so that no client relies on it. `\"` and `\\` inside the value are a guess.
 * @throws ConnectFailure 400
 */
export function parseFilter(text: string, attributes: readonly string[]): Filter {
	const parts = /^\s*(\w+)\s+(\w+)\s+"((?:[^"\\]|\\["\\])*)"\s*$/.exec(text);
	const [, attribute = '', operator = '', quoted = ''] = parts ?? [];
	const name = attribute.toLowerCase();
	const comparison = operator.toLowerCase();
	if (!parts || !attributes.includes(name) || (comparison !== 'eq' && comparison !== 'co')) {
		throw failure.badRequest('Invalid filter');
	}
	return { attribute: name, operator: comparison, value: quoted.replace(/\\(["\\])/g, '$1') };
}

export function matches(filter: Filter, text: string, letterCase: 'sensitive' | 'insensitive'): boolean {
	const fold = (raw: string) => (letterCase === 'insensitive' ? raw.toLowerCase() : raw);
	return filter.operator === 'eq' ? fold(text) === fold(filter.value) : fold(text).includes(fold(filter.value));
}
