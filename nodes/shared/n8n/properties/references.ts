/** Which secret references an operation works with, and what comes out of them. */

import type { INodeProperties } from 'n8n-workflow';

import { revealAllProperty } from './output';

const EXAMPLE = 'op://Production/Payments API/credential';

export const referencesProperties: readonly INodeProperties[] = [
	{
		displayName: 'Specify References',
		name: 'specifyReferences',
		type: 'options',
		default: 'fields',
		options: [
			{ name: 'Using a List', value: 'list', description: 'One text or expression that holds all references' },
			{ name: 'Using Fields Below', value: 'fields', description: 'One row for each reference' },
		],
	},
	{
		displayName: 'References',
		name: 'references',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Reference' },
		placeholder: 'Add Reference',
		default: { values: [{ reference: '', name: '' }] },
		description: 'The secrets to look up',
		displayOptions: { show: { specifyReferences: ['fields'] } },
		options: [
			{
				displayName: 'Reference',
				name: 'values',
				values: [
					{
						displayName: 'Reference',
						name: 'reference',
						type: 'string',
						default: '',
						placeholder: `e.g. ${EXAMPLE}`,
						description: 'Secret reference of a field or a file, by names or IDs',
					},
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. apiKey',
						description: 'What the output calls it. Default: the name of the field, or the whole reference where two fields share a name.',
					},
				],
			},
		],
	},
	{
		displayName: 'Reference List',
		name: 'referenceList',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: `e.g. API_KEY=${EXAMPLE}`,
		description:
			'One reference a line, each with a name and = before it if you like. An expression may also yield an array of references, or an object of references by name.',
		displayOptions: { show: { specifyReferences: ['list'] } },
	},
];

export const revealSecretsProperty = revealAllProperty('The value of every reference');

export const minimumValidityOption: INodeProperties = {
	displayName: 'Minimum Validity',
	name: 'minimumValidity',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 10,
	description:
		'Seconds that a one-time password must still be good for. If it ends sooner, the node waits for the next one. Codes usually change every 30 seconds; at most 5 less can be asked for.',
};
