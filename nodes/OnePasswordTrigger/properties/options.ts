import { choiceParameter, switchParameter } from '../../shared/n8n/parameters/choices';
import { numberParameter } from '../../shared/n8n/parameters/numbers';
import { option, optionsProperty } from '../../shared/n8n/properties/options';

export const delivery = option(
	choiceParameter({
		displayName: 'Delivery',
		name: 'delivery',
		default: 'atLeastOnce',
		description: 'Whether events are repeated if the execution that received them was lost',
		options: [
			{
				name: 'At Least Once',
				value: 'atLeastOnce',
				description:
					'Events whose execution was lost are repeated, with the same event IDs and "redelivered" set; after a restart of n8n, others may be as well',
			},
			{ name: 'At Most Once', value: 'atMostOnce', description: 'Nothing is repeated; a crash can lose the last events' },
		],
	}),
);

export const emitExisting = option(
	switchParameter({
		displayName: 'Emit Existing Items',
		name: 'emitExisting',
		default: false,
		description: 'Whether to start with an event of kind "existing" for each item that is there already',
	}),
);

export const fullListingMinutes = option(
	numberParameter({
		displayName: 'Full Listing Every',
		name: 'fullListingMinutes',
		minimum: 1,
		default: 15,
		description: 'Minutes after which every watched vault is listed although its version did not move, as a safety net',
	}),
);

export const ignoreOwnWrites = option(
	switchParameter({
		displayName: 'Ignore Own Writes',
		name: 'ignoreOwnWrites',
		default: false,
		description:
			'Whether to ignore what 1Password nodes of this workflow have written, so that it does not start itself. What a worker wrote is looked up in the activity log, so the nodes must use the same access token as the trigger.',
	}),
);

export const includeOwnWorkflow = option(
	switchParameter({
		displayName: 'Include Own Workflow',
		name: 'includeOwnWorkflow',
		default: false,
		description:
			'Whether an item that this workflow itself has read counts as a secret accessed, too. A workflow that reads an item each time it runs then starts itself again and again.',
	}),
);

export const maxEvents = option(
	numberParameter({
		displayName: 'Max Events per Poll',
		name: 'maxEvents',
		minimum: 1,
		default: 200,
		description: 'Maximum number of events per execution; the rest follow with later polls',
	}),
);

export const protectState = option(
	choiceParameter({
		displayName: 'Protect State',
		name: 'protectState',
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
	}),
);

export const repeatFailed = option(
	numberParameter({
		displayName: 'Repeat Failed Executions',
		name: 'repeatFailed',
		minimum: 0,
		default: 0,
		description:
			'How many times events are repeated because a node of their execution failed. Needs n8n 2.41 or newer. An execution that was lost with its worker is always repeated.',
	}),
);

export const watchOptions = optionsProperty(
	delivery,
	emitExisting,
	fullListingMinutes,
	ignoreOwnWrites,
	includeOwnWorkflow,
	maxEvents,
	protectState,
	repeatFailed,
);
