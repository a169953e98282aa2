/** From the parameters to the new value of a rotation, or the recipe for it. */

import { invalidInput } from '../../shared/core/errors/onePasswordError';
import {
	DEFAULT_PASSWORD_SETS,
	PASSWORD_LENGTH,
	PASSWORD_SETS,
	WORD_COUNT,
	entropyOf,
	type PasswordRecipe,
} from '../../shared/core/password/passwordGenerator';
import { oneOf } from '../../shared/n8n/parameters/itemParameters';
import { toFlag, toText, toTexts, toWholeNumber, type Parameters } from '../../shared/n8n/parameters/parameters';

export type NewValue =
	{ readonly kind: 'given'; readonly text: string } | { readonly kind: 'generated'; readonly recipe: PasswordRecipe; readonly entropyBits: number };

/** @throws OnePasswordError INVALID_INPUT. */
export function readNewValue(parameters: Parameters): NewValue {
	const source = oneOf(parameters.value('valueSource') ?? 'characters', ['characters', 'words', 'given'], 'New Value');
	if (source === 'given') return { kind: 'given', text: readGiven(parameters) };
	const recipe = source === 'words' ? readWords(parameters) : readCharacters(parameters);
	return { kind: 'generated', recipe, entropyBits: entropyOf(recipe) };
}

/** An expression that finds nothing must not be staged as a key. */
function readGiven(parameters: Parameters): string {
	const value = parameters.value('value');
	if (typeof value === 'boolean' || Number.isNaN(value)) throw invalidInput("'Value' is no text.", 'Check that its expression finds the new key.');
	const text = toText(value, 'Value');
	if (text.trim() === '') throw invalidInput("'Value' is empty.", 'Check that its expression finds the new key.');
	return text;
}

function readWords(parameters: Parameters): PasswordRecipe {
	const separator = toText(parameters.value('separator') ?? '-', 'Separator');
	if (separator === '')
		throw invalidInput("'Separator' is empty.", "Enter one, such as '-': words without anything between them can't be told apart.");
	return {
		kind: 'words',
		words: readNumber(parameters, 'words', 'Words', WORD_COUNT),
		separator,
		capitalise: toFlag(parameters.value('capitalize'), 'Capitalize'),
	};
}

function readCharacters(parameters: Parameters): PasswordRecipe {
	const sets = toTexts(parameters.value('characterSets') ?? DEFAULT_PASSWORD_SETS, 'Character Sets');
	return {
		kind: 'characters',
		length: readNumber(parameters, 'length', 'Length', PASSWORD_LENGTH),
		sets: sets.map((set) => oneOf(set, PASSWORD_SETS, 'Character Sets')),
		exclude: toText(parameters.value('excludeCharacters'), 'Exclude Characters'),
	};
}

function readNumber(
	parameters: Parameters,
	name: string,
	displayName: string,
	{ minimum, maximum, default: preset }: { readonly minimum: number; readonly maximum: number; readonly default: number },
): number {
	const number = toWholeNumber(parameters.value(name) ?? preset, displayName, minimum) ?? preset;
	if (number <= maximum) return number;
	throw invalidInput(`'${displayName}' is more than ${maximum}.`, `Choose ${minimum} to ${maximum}.`);
}
