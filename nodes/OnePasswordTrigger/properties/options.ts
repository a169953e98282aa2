import { optionsProperty } from '../../shared/n8n/properties/options';
import { DEFAULT_FULL_LISTING_MINUTES, DEFAULT_MAX_EVENTS } from '../settings';

export const watchOptions = optionsProperty(
	{
		displayName: 'Delivery',
		name: 'delivery',
		type: 'options',
		default: 'atLeastOnce',
		description: 'What happens to events on their way when n8n is stopped',
		options: [
			{
				name: 'At Least Once',
				value: 'atLeastOnce',
				description: 'After a restart of n8n the last events may come again, with the same event IDs and "redelivered" set',
			},
			{ name: 'At Most Once', value: 'atMostOnce', description: 'No event comes twice; a crash can lose the last ones' },
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
		description: 'Whether to pass over what 1Password nodes of this workflow have written, so that it does not start itself',
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
		description: 'Most events of one execution; the rest comes with the next polls',
	},
);
