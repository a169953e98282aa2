import type { INodeProperties } from 'n8n-workflow';

import { optionsProperty } from '../../shared/n8n/properties/options';
import { DEFAULT_MAX_EVENTS } from '../defaults';
import { batchOptions } from './batchOptions';
import { ruleProperties } from './rules';
import { sourceProperties } from './source';

export const collectProperties: readonly INodeProperties[] = [
	{
		displayName:
			"To lose no event when a later node fails, place a node with the operation 'Confirm Stored Events' after the one that stores the events. Manual executions keep no memory of what was read.",
		name: 'collectNotice',
		type: 'notice',
		default: '',
	},
	...sourceProperties,
	{
		displayName: 'First Run',
		name: 'startFrom',
		type: 'options',
		noDataExpression: true,
		default: 'now',
		description: 'Where the very first run begins',
		options: [
			{ name: 'From a Time', value: 'time', description: 'With what the log still holds since then' },
			{ name: 'From Now On', value: 'now', description: 'It returns nothing and remembers what is there' },
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
			description: 'Most events of one run; the rest comes with the next runs',
		},
		...batchOptions,
	),
];
