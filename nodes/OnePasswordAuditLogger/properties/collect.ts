import type { INodeProperties } from 'n8n-workflow';

import { optionsProperty } from '../../shared/n8n/properties/options';
import { DEFAULT_MAX_EVENTS } from '../defaults';
import { batchOptions } from './batchOptions';
import { ruleProperties } from './rules';
import { sourceProperties } from './source';

/** By version of the node: a saved workflow leaves out what was preselected when it was made. */
const position = [
	[1, 'staticData'],
	[2, 'storedRows'],
].map(([version, preselected]): INodeProperties => ({
	displayName: 'Position',
	name: 'position',
	type: 'options',
	noDataExpression: true,
	default: preselected,
	description: 'How a run knows which events were already stored',
	displayOptions: { show: { '@version': [Number(version)] } },
	options: [
		{
			name: 'From Stored Rows (Input)',
			value: 'storedRows',
			description: 'From the newest rows of the table, which the node before this one returns. Works in queue mode, and after any crash.',
		},
		{
			name: 'From Workflow Static Data',
			value: 'staticData',
			description: 'From what n8n keeps with the workflow. Not on workers of n8n 2.40 and 2.41 in queue mode, which lose it.',
		},
	],
}));

export const collectProperties: readonly INodeProperties[] = [
	...position,
	{
		displayName:
			'Place a node before this one that returns the newest stored rows, or nothing while the table is empty; turn on its <b>Always Output Data</b> setting. Place a node after it that stores all events and overwrites a row with the same event ID.',
		name: 'storedRowsNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { position: ['storedRows'] } },
	},
	{
		displayName:
			"To lose no event when a later node fails, place a node with the operation 'Confirm Stored Events' after the one that stores the events. Manual executions keep no memory of what was read.",
		name: 'collectNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { position: ['staticData'] } },
	},
	...sourceProperties,
	{
		displayName: 'First Run',
		name: 'startFrom',
		type: 'options',
		noDataExpression: true,
		default: 'now',
		description: 'Where the very first run begins, when nothing was collected before',
		options: [
			{ name: 'From a Time', value: 'time', description: 'With what the log still holds since then' },
			{ name: 'From Now On', value: 'now', description: 'Returns no events from the log, and notes which ones are already there' },
		],
	},
	{
		displayName: 'Start Time',
		name: 'startTime',
		type: 'dateTime',
		required: true,
		default: '',
		displayOptions: { show: { startFrom: ['time'] } },
	},
	...ruleProperties,
	{
		displayName: 'Hash Chain',
		name: 'hashChain',
		type: 'boolean',
		default: false,
		description: 'Whether to add hashes by which the operation Verify Chain finds changed, removed and inserted rows',
	},
	optionsProperty(
		{
			displayName: 'Advance',
			name: 'advance',
			type: 'options',
			default: 'whenConfirmed',
			description: 'When the next run goes on after the events of this one',
			displayOptions: { show: { '/position': ['staticData'] } },
			options: [
				{
					name: 'When Confirmed',
					value: 'whenConfirmed',
					description:
						"Once 'Confirm Stored Events' has run; until then they come again, with the same event IDs. Without such a node after this one: as When Read.",
				},
				{ name: 'When Read', value: 'whenRead', description: 'At once; events are lost when a later node fails' },
			],
		},
		{
			displayName: 'Max Events per Run',
			name: 'maxEvents',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: DEFAULT_MAX_EVENTS,
			description: 'Maximum number of events per run; the rest follow with later runs',
		},
		...batchOptions,
	),
];
