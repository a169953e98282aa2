/** Where the new value of a rotation comes from. */

import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_PASSWORD_SETS, PASSWORD_LENGTH, WORD_COUNT } from '../../shared/core/password/passwordGenerator';

const CHARACTERS = { show: { valueSource: ['characters'] } };
const WORDS = { show: { valueSource: ['words'] } };

export const newValueProperties: readonly INodeProperties[] = [
	{
		displayName: 'New Value',
		name: 'valueSource',
		type: 'options',
		default: 'characters',
		hint: 'Other nodes can use the staged value without showing it: op://vault/item/Rotation/pending value',
		options: [
			{ name: 'Generate Characters', value: 'characters', description: 'A random text' },
			{ name: 'Generate Words', value: 'words', description: 'Random words that a person can remember and type' },
			{ name: 'Use Value Below', value: 'given', description: 'A key that the provider has issued' },
		],
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		typeOptions: { password: true },
		required: true,
		default: '',
		description: 'The value to stage',
		displayOptions: { show: { valueSource: ['given'] } },
	},
	{
		displayName: 'Length',
		name: 'length',
		type: 'number',
		typeOptions: { minValue: PASSWORD_LENGTH.minimum, maxValue: PASSWORD_LENGTH.maximum },
		default: 34,
		description: 'Number of characters to generate, 8 to 128',
		displayOptions: CHARACTERS,
	},
	{
		displayName: 'Character Sets',
		name: 'characterSets',
		type: 'multiOptions',
		default: [...DEFAULT_PASSWORD_SETS],
		description: 'Characters to generate the value from; it holds at least one of each set',
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
	},
	{
		displayName: 'Exclude Characters',
		name: 'excludeCharacters',
		type: 'string',
		default: '',
		placeholder: 'e.g. 0O1l',
		description: 'Characters that the generated value must not hold',
		displayOptions: CHARACTERS,
	},
	{
		displayName: 'Words',
		name: 'words',
		type: 'number',
		typeOptions: { minValue: WORD_COUNT.minimum, maxValue: WORD_COUNT.maximum },
		default: 7,
		description: 'Number of words, 4 to 20. Each one is drawn from 1,024 and adds 10 bits of entropy.',
		displayOptions: WORDS,
	},
	{
		displayName: 'Separator',
		name: 'separator',
		type: 'string',
		default: '-',
		description: 'Text between two words',
		displayOptions: WORDS,
	},
	{
		displayName: 'Capitalize',
		name: 'capitalize',
		type: 'boolean',
		default: false,
		description: 'Whether each word starts with a capital letter',
		displayOptions: WORDS,
	},
];
