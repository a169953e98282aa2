/** How Connect is to generate the value of a field. */

import { GENERATED_LENGTH, GENERATED_SETS } from '../../core/fields/fieldTypes';
import type { GeneratorRecipe } from '../../core/wire';
import { choicesParameter } from '../parameters/choices';
import { numberParameter } from '../parameters/numbers';
import type { ParameterValues } from '../parameters/parameter';
import { textParameter } from '../parameters/texts';

const displayOptions = { show: { mode: ['generate'] } };

const length = numberParameter({
	displayName: 'Length',
	name: 'length',
	...GENERATED_LENGTH,
	description: `Number of characters to generate, ${GENERATED_LENGTH.minimum} to ${GENERATED_LENGTH.maximum}`,
	displayOptions,
});

const characterSets = choicesParameter({
	displayName: 'Character Sets',
	name: 'characterSets',
	default: GENERATED_SETS,
	description: 'Characters to generate the value from',
	displayOptions,
	options: [
		{ name: 'Digits', value: 'DIGITS' },
		{ name: 'Letters', value: 'LETTERS' },
		{ name: 'Symbols', value: 'SYMBOLS', description: 'Those of the Connect server, some of which must be escaped in URLs and shells' },
	],
	ifNone: 'Choose at least one set.',
});

const excludeCharacters = textParameter({
	displayName: 'Exclude Characters',
	name: 'excludeCharacters',
	placeholder: 'e.g. 0O1l',
	description: 'Characters that the generated value must not hold',
	displayOptions,
});

export const recipeMembers = [length, characterSets, excludeCharacters] as const;

export function readRecipe(row: ParameterValues): GeneratorRecipe {
	// Connect refuses a character that is named twice.
	const excluded = [...new Set(excludeCharacters.read(row))].join('');
	return { length: length.read(row), characterSets: characterSets.read(row), ...(excluded !== '' && { excludeCharacters: excluded }) };
}
