import { optionsProperty } from '../../shared/n8n/properties/options';
import { DEFAULT_FULL_LISTING_MINUTES, DEFAULT_MAX_EVENTS } from '../watch/settings';

export const watchOptions = optionsProperty(
	{
		displayName: 'Delivery',
		name: 'delivery',
		type: 'options',
		default: 'atLeastOnce',
		description: 'Whether events come again when the execution that got them was lost',
		options: [
			{
				name: 'At Least Once',
				value: 'atLeastOnce',
				description:
					'Events whose execution was lost come again, with the same event IDs and "redelivered" set; after a restart of n8n, so may others',
			},
			{ name: 'At Most Once', value: 'atMostOnce', description: 'Nothing is repeated; a crash can lose the last events' },
		],
	},
	{
		displayName: 'Emit Existing Items',
		name: 'emitExisting',
		type: 'boolean',
		default: false,
		description: 'Whether to start with an event of kind "existing" for each item that is there already',
	},
	{
		displayName: 'Full Listing Every',
		name: 'fullListingMinutes',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: DEFAULT_FULL_LISTING_MINUTES,
		description: 'Minutes after which every watched vault is listed although its version did not move, as a safety net',
	},
	{
		displayName: 'Ignore Own Writes',
		name: 'ignoreOwnWrites',
		type: 'boolean',
		default: false,
		description:
			'Whether to ignore what 1Password nodes of this workflow have written, so that it does not start itself. What a worker wrote is looked up in the activity log, so the nodes must use the same access token as the trigger.',
	},
	{
		displayName: 'Include Own Workflow',
		name: 'includeOwnWorkflow',
		type: 'boolean',
		default: false,
		description:
			'Whether an item that this workflow itself has read counts as a secret accessed, too. A workflow that reads an item each time it runs then starts itself again and again.',
	},
	{
		displayName: 'Max Events per Poll',
		name: 'maxEvents',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: DEFAULT_MAX_EVENTS,
		description: 'Maximum number of events per execution; the rest follow with later polls',
	},
	{
		displayName: 'Protect State',
		name: 'protectState',
		type: 'options',
		default: 'auto',
		description:
			"In queue mode, a worker that saves static data replaces the trigger's saved state in n8n's database. This option saves the state again after such an execution, with an execution that has no items.",
		options: [
			{ name: 'After Each Execution', value: 'always' },
			{ name: 'Never', value: 'never', description: 'After a restart of n8n, changes may be reported from the activity log or be missed' },
			{
				name: 'When Needed',
				value: 'auto',
				description: 'When a node after the trigger seems to save static data: a Code node that mentions it, or the 1Password Audit Logger',
			},
		],
	},
	{
		displayName: 'Repeat Failed Executions',
		name: 'repeatFailed',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description:
			'How many times events come again because a node of their execution failed. Needs n8n 2.41 or newer. An execution that was lost with its worker is always repeated.',
	},
);
