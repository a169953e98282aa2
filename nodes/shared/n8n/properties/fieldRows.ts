/** The parameter `fields`: one row for each field to write. */

import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { FIELD_TYPE_NAMES, GENERATED_LENGTH, GENERATED_SETS, WRITABLE_FIELD_TYPES } from '../../core/fields/fieldTypes';

const SET: INodePropertyOptions = {
	name: 'Set Value',
	value: 'set',
	description: 'Store the value below',
};
const GENERATE: INodePropertyOptions = {
	name: 'Generate Value',
	value: 'generate',
	description: 'Let the Connect server generate a value, so that it never passes through n8n',
};
const CLEAR: INodePropertyOptions = {
	name: 'Clear Value',
	value: 'clear',
	description: 'Keep the field and empty it',
};
const REMOVE: INodePropertyOptions = {
	name: 'Remove Field',
	value: 'remove',
	description: 'Take the field out of the item',
};

export const newFields = fieldsProperty([GENERATE, SET], 'The fields the item has, beside those of its category');
export const changedFields = fieldsProperty([CLEAR, GENERATE, REMOVE, SET], 'The fields to change; everything else in the item stays as it is');

function fieldsProperty(modes: readonly INodePropertyOptions[], description: string): INodeProperties {
	return {
		displayName: 'Fields',
		name: 'fields',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Field' },
		placeholder: 'Add Field',
		default: {},
		description,
		options: [{ displayName: 'Field', name: 'values', values: fieldValues(modes) }],
	};
}

function fieldValues(modes: readonly INodePropertyOptions[]): INodeProperties[] {
	return [
		{
			displayName: 'Field',
			name: 'field',
			type: 'string',
			default: '',
			placeholder: 'e.g. credential',
			description: 'Label, section.label or ID of the field',
		},
		{ displayName: 'Action', name: 'mode', type: 'options', default: 'set', options: [...modes] },
		{
			displayName: 'Value',
			name: 'value',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'The value to store. An empty value is refused: choose Clear Value to empty a field.',
			displayOptions: { show: { mode: ['set'] } },
		},
		...recipeValues(),
		{
			displayName: 'Section',
			name: 'section',
			type: 'string',
			default: '',
			placeholder: 'e.g. Rotation',
			description: 'Label or ID of the section. Leave empty unless two fields share a label.',
		},
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			default: 'CONCEALED',
			description: 'Type of a field that is added. A field that exists keeps its type.',
			options: WRITABLE_FIELD_TYPES.map((value) => ({ name: FIELD_TYPE_NAMES[value], value })).sort((a, b) => a.name.localeCompare(b.name)),
		},
	];
}

function recipeValues(): INodeProperties[] {
	const displayOptions = { show: { mode: ['generate'] } };
	return [
		{
			displayName: 'Length',
			name: 'length',
			type: 'number',
			typeOptions: { minValue: GENERATED_LENGTH.minimum, maxValue: GENERATED_LENGTH.maximum },
			default: 34,
			description: 'Number of characters to generate, 1 to 64',
			displayOptions,
		},
		{
			displayName: 'Character Sets',
			name: 'characterSets',
			type: 'multiOptions',
			default: [...GENERATED_SETS],
			description: 'Characters to generate the value from',
			displayOptions,
			options: [
				{ name: 'Digits', value: 'DIGITS' },
				{ name: 'Letters', value: 'LETTERS' },
				{ name: 'Symbols', value: 'SYMBOLS', description: 'Those of the Connect server, some of which must be escaped in URLs and shells' },
			],
		},
		{
			displayName: 'Exclude Characters',
			name: 'excludeCharacters',
			type: 'string',
			default: '',
			placeholder: 'e.g. 0O1l',
			description: 'Characters that the generated value must not hold',
			displayOptions,
		},
	];
}
