/** Which of several fields of one name is meant: rules that selectors and secret references share. */

import { englishLabels, foldWords } from './builtInFields';
import { isLoose } from './fieldName';
import { only, type Match } from '../names/nameMatch';
import type { Field, FullItem } from '../wire';

/**
 * @param fields of the item, those that count.
 * @returns the built-in field that an English account calls like this, or whose id reads like it. To be asked last: what the
 * account itself calls a field comes first.
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
 * A login's own field wins over a saved form field of the same name: by its purpose, or as it is outside of all sections. So does,
 * in any item, the one outside of sections among fields of one id. Any other two of one name stay ambiguous.
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
