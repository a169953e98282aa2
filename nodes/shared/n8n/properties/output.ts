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
