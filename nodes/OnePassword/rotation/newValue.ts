/** Where the new value of a rotation comes from. */

import { invalidInput } from '../../shared/core/errors/onePasswordError';
import { entropyOf, type PasswordRecipe } from '../../shared/core/password/passwordGenerator';
import { choiceParameter } from '../../shared/n8n/parameters/choices';
import { isEmpty } from '../../shared/n8n/parameters/conversions';
import type { ParameterValues } from '../../shared/n8n/parameters/parameter';
import { textParameter } from '../../shared/n8n/parameters/texts';
import { characterMembers, readCharacters, readWords, wordMembers } from './passwordRecipe';

const valueSource = choiceParameter({
	displayName: 'New Value',
	name: 'valueSource',
	default: 'characters',
	hint: 'Other nodes can use the staged value without showing it: op://vault/item/Rotation/pending value',
	options: [
		{ name: 'Generate Characters', value: 'characters', description: 'A random text' },
		{ name: 'Generate Words', value: 'words', description: 'Random words that a person can remember and type' },
		{ name: 'Use Value Below', value: 'given', description: 'A key that the provider has issued' },
	],
});

const givenValue = textParameter({
	displayName: 'Value',
	name: 'value',
	typeOptions: { password: true },
	required: true,
	description: 'The value to stage',
	displayOptions: { show: { valueSource: ['given'] } },
});

export const newValueProperties = [valueSource, givenValue, ...characterMembers, ...wordMembers].map(({ property }) => property);

export type NewValue =
	{ readonly kind: 'given'; readonly text: string } | { readonly kind: 'generated'; readonly recipe: PasswordRecipe; readonly entropyBits: number };

/** @throws OnePasswordError INVALID_INPUT. */
export function readNewValue(parameters: ParameterValues): NewValue {
	const source = valueSource.read(parameters);
	if (source === 'given') return { kind: 'given', text: readGiven(parameters) };
	const recipe = source === 'words' ? readWords(parameters) : readCharacters(parameters);
	return { kind: 'generated', recipe, entropyBits: entropyOf(recipe) };
}

/** An expression that finds nothing must not be staged as a key. */
function readGiven(parameters: ParameterValues): string {
	const { name, displayName } = givenValue.property;
	const value = parameters.value(name);
	if (typeof value === 'boolean' || Number.isNaN(value)) throw invalidInput(`'${displayName}' must be text.`, CHECK_KEY);
	const text = givenValue.read(parameters);
	if (text.trim() === '') throw isEmpty(displayName, CHECK_KEY);
	return text;
}

const CHECK_KEY = 'Check that its expression finds the new key.';
