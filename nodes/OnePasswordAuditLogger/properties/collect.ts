import type { INodeProperties } from 'n8n-workflow';

import { choiceParameter, switchParameter } from '../../shared/n8n/parameters/choices';
import { numberParameter } from '../../shared/n8n/parameters/numbers';
import { timeParameter } from '../../shared/n8n/parameters/times';
import { option, optionsProperty } from '../../shared/n8n/properties/options';
import { batchOptions } from './batchOptions';
import { position } from './position';
import { ruleProperties } from './rules';
import { sourceProperties } from './source';

export const firstRun = choiceParameter({
	displayName: 'First Run',
	name: 'startFrom',
	noDataExpression: true,
	default: 'now',
	description: 'Where the very first run begins, when nothing was collected before',
	options: [
		{ name: 'From a Time', value: 'time', description: 'With the events since then that the log still contains' },
		{ name: 'From Now On', value: 'now', description: 'Returns no events from the log, and notes which ones are already there' },
	],
});

export const startTime = timeParameter({
	displayName: 'Start Time',
	name: 'startTime',
	required: true,
	displayOptions: { show: { startFrom: ['time'] } },
});

export const hashChain = switchParameter({
	displayName: 'Hash Chain',
	name: 'hashChain',
	default: false,
	description: 'Whether to add hashes by which the operation Verify Chain finds changed, removed and inserted rows',
});

export const advance = option(
	choiceParameter({
		displayName: 'Advance',
		name: 'advance',
		default: 'whenConfirmed',
		description: 'When the next run continues after the events of this one',
		displayOptions: { show: { '/position': ['staticData'] } },
		options: [
			{
				name: 'When Confirmed',
				value: 'whenConfirmed',
				description:
					"Once 'Confirm Stored Events' has run; until then they are repeated, with the same event IDs. Without such a node after this one: same as When Read.",
			},
			{ name: 'When Read', value: 'whenRead', description: 'At once; events are lost when a later node fails' },
		],
	}),
);

export const maxEvents = option(
	numberParameter({
		displayName: 'Max Events per Run',
		name: 'maxEvents',
		minimum: 1,
		default: 5_000,
		description: 'Maximum number of events per run; the rest follow with later runs',
	}),
);

export const collectProperties: readonly INodeProperties[] = [
	position[1].property,
	position[2].property,
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
	firstRun.property,
	startTime.property,
	...ruleProperties,
	hashChain.property,
	optionsProperty(advance, maxEvents, ...batchOptions),
];
