/** Which of several fields with the same name is meant: rules shared by selectors and secret references. */

import { englishLabels, foldWords } from './builtInFields';
import { isLoose } from './fieldName';
import { only, type Match } from '../names/nameMatch';
import type { Field, FullItem } from '../wire';

/**
 * @param fields of the item to consider.
 * @returns the built-in field with this English name or ID. Try this last: the account's own labels take precedence.
 */
export function matchBuiltIn(item: FullItem, fields: readonly Field[], name: string): Match<Field> {
	const wanted = foldWords(name);
	if (wanted === '') return { kind: 'none' };
	return preferOwn(
		item,
		fields.filter((field) => {
			const labels = englishLabels(item, field);
			return labels.length > 0 && [field.id, ...labels].some((label) => foldWords(label) === wanted);
		}),
	);
}

/**
 * A login's own field wins over a saved form field with the same name: it has a purpose, or is outside any section. In any
 * item, the field outside sections wins among fields with the same ID. Any other fields with the same name stay ambiguous.
 */
export function preferOwn(item: FullItem, found: readonly Field[]): Match<Field> {
	const isLogin = item.category === 'LOGIN' || item.category === 'PASSWORD';
	const isOneId = found.every(({ id }) => id === found[0]?.id);
	const byPurpose = found.filter(({ purpose }) => purpose);
	const loose = isLogin || isOneId ? found.filter((field) => isLoose(item, field)) : [];
	const [winner] = [byPurpose, loose].filter(({ length }) => length === 1);
	return only(winner ?? found);
}

export function preferOwnOf(item: FullItem, match: Match<Field>): Match<Field> {
	return match.kind === 'many' ? preferOwn(item, match.found) : match;
}
