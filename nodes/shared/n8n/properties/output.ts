/** What comes out of an operation: which secret values, and in which shape. */

import type { INodeProperties } from 'n8n-workflow';

export const revealProperties: readonly INodeProperties[] = [
	{
		displayName: 'Reveal Secret Values',
		name: 'reveal',
		type: 'options',
		default: 'none',
		description:
			'Which secret values the output holds. A revealed value is saved with the execution data unless the workflow says otherwise; AI tools never get one.',
		options: [
			{ name: 'All', value: 'all', description: 'Every secret value of the item' },
			{ name: 'None', value: 'none', description: 'Secret values read "concealed by 1Password"' },
			{ name: 'Selected Fields', value: 'selected', description: 'Only the fields you name' },
		],
	},
	{
		displayName: 'Fields to Reveal',
		name: 'revealFields',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Field' },
		default: [],
		placeholder: 'e.g. credential',
		description: 'Label, section.label or ID of each field whose value the output holds',
		displayOptions: { show: { reveal: ['selected'] } },
	},
];

export const simplifyProperty: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** For an output with the fields of an item. */
export const simplifyProperties: readonly INodeProperties[] = [
	simplifyProperty,
	{
		displayName: 'Field Keys',
		name: 'fieldKeys',
		type: 'options',
		default: 'label',
		description: 'What the fields are called in the simplified output',
		options: [
			{ name: 'ID', value: 'id', description: 'The ID of each field, such as validFrom' },
			{
				name: 'Label',
				value: 'label',
				description: 'The label of each field. Built-in fields have their English label, such as valid from, in accounts of every language.',
			},
			{
				name: 'Label as Shown',
				value: 'shownLabel',
				description: 'The label of each field as 1Password shows it, in the language of the account',
			},
		],
		displayOptions: { show: { simplify: [true] } },
	},
];

/** @param shown what a user gets who reveals the values. */
export function revealAllProperty(shown: string): INodeProperties {
	return {
		displayName: 'Reveal Secret Values',
		name: 'reveal',
		type: 'options',
		default: 'none',
		description:
			'Whether the output holds the secret values. A revealed value is saved with the execution data unless the workflow says otherwise; AI tools never get one.',
		options: [
			{ name: 'All', value: 'all', description: shown },
			{ name: 'None', value: 'none', description: 'Secret values read "concealed by 1Password"' },
		],
	};
}
