import type { JsonObject } from '../../core/json';
import { invalidInput } from '../../core/errors/onePasswordError';
import { toText } from './parameters';

/**
 * A filter that was asked for must not go missing with the expression that feeds it: everything would match.
 * @returns the text of a filter; empty where the filter was not added.
 * @throws OnePasswordError INVALID_INPUT where it was added, and is empty.
 */
export function readFilter(filters: JsonObject, name: string, displayName: string): string {
	if (!(name in filters)) return '';
	const text = toText(filters[name], displayName);
	if (text.trim() !== '') return text;
	throw invalidInput(`'${displayName}' is empty.`, 'Fill it in, or remove the filter; check its expression.');
}
