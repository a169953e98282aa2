/** How the new value of a rotation is generated: of characters or of words. */

import { DEFAULT_PASSWORD_SETS, PASSWORD_LENGTH, WORD_COUNT, type PasswordRecipe } from '../../shared/core/password/passwordGenerator';
import { choicesParameter, switchParameter } from '../../shared/n8n/parameters/choices';
import { isEmpty } from '../../shared/n8n/parameters/conversions';
import { numberParameter } from '../../shared/n8n/parameters/numbers';
import type { ParameterValues } from '../../shared/n8n/parameters/parameter';
import { textParameter } from '../../shared/n8n/parameters/texts';

const CHARACTERS = { show: { valueSource: ['characters'] } };
const WORDS = { show: { valueSource: ['words'] } };

const length = numberParameter({
	displayName: 'Length',
	name: 'length',
	...PASSWORD_LENGTH,
	description: `Number of characters to generate, ${PASSWORD_LENGTH.minimum} to ${PASSWORD_LENGTH.maximum}`,
	displayOptions: CHARACTERS,
});

const characterSets = choicesParameter({
	displayName: 'Character Sets',
	name: 'characterSets',
	default: DEFAULT_PASSWORD_SETS,
	description: 'Characters to generate the value from; it contains at least one of each set',
	displayOptions: CHARACTERS,
	options: [
		{ name: 'Digits', value: 'digits' },
		{ name: 'Lower-Case Letters', value: 'lowercase' },
		{ name: 'Symbols', value: 'symbols', description: 'With @ : + and others that must be escaped in URLs and connection strings' },
		{
			name: 'Unreserved Symbols',
			value: 'unreserved',
			description: 'Hyphen, period, and underscore, which need no escaping in URLs, form data, shells, YAML, and .env files',
		},
		{ name: 'Upper-Case Letters', value: 'uppercase' },
	],
});

const excludeCharacters = textParameter({
	displayName: 'Exclude Characters',
	name: 'excludeCharacters',
	placeholder: 'e.g. 0O1l',
	description: 'Characters that the generated value must not hold',
	displayOptions: CHARACTERS,
});

const words = numberParameter({
	displayName: 'Words',
	name: 'words',
	...WORD_COUNT,
	description: `Number of words, ${WORD_COUNT.minimum} to ${WORD_COUNT.maximum}. Each one is drawn from 1,024 and adds 10 bits of entropy.`,
	displayOptions: WORDS,
});

const separator = textParameter({
	displayName: 'Separator',
	name: 'separator',
	default: '-',
	description: 'Text between two words',
	displayOptions: WORDS,
});

const capitalize = switchParameter({
	displayName: 'Capitalize',
	name: 'capitalize',
	default: false,
	description: 'Whether each word starts with a capital letter',
	displayOptions: WORDS,
});

export const characterMembers = [length, characterSets, excludeCharacters] as const;

export const wordMembers = [words, separator, capitalize] as const;

export function readWords(parameters: ParameterValues): PasswordRecipe {
	return {
		kind: 'words',
		words: words.read(parameters),
		separator: readSeparator(parameters),
		capitalise: capitalize.read(parameters),
	};
}

function readSeparator(parameters: ParameterValues): string {
	const text = separator.read(parameters);
	if (text !== '') return text;
	throw isEmpty(separator.property.displayName, "Enter one, such as '-': words without anything between them can't be told apart.");
}

export function readCharacters(parameters: ParameterValues): PasswordRecipe {
	return {
		kind: 'characters',
		length: length.read(parameters),
		sets: characterSets.read(parameters),
		exclude: excludeCharacters.read(parameters),
	};
}
