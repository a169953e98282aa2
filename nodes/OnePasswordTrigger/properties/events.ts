import type { INodeProperties } from 'n8n-workflow';

export const eventsProperty: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	required: true,
	noDataExpression: true,
	default: ['archived', 'created', 'deleted', 'restored', 'updated'],
	description: 'What starts the workflow',
	options: [
		{
			name: 'Access Denied',
			value: 'denied',
			description:
				'A request that the Connect server refused to a client, this workflow included, from its activity log. Also one event of kind "accessesLost" when the log no longer reaches back to the last poll.',
		},
		{
			name: 'Connect Server Unreachable or Back',
			value: 'serverHealth',
			description: 'One event when the Connect server can no longer be reached, one when it is back',
		},
		{ name: 'Item Archived', value: 'archived' },
		{ name: 'Item Created', value: 'created' },
		{ name: 'Item Deleted', value: 'deleted' },
		{
			name: 'Item Moved',
			value: 'moved',
			description: 'To another watched vault; one event instead of a deletion and a creation',
		},
		{ name: 'Item Restored', value: 'restored' },
		{ name: 'Item Updated', value: 'updated' },
		{
			name: 'Secret Accessed',
			value: 'accessed',
			description:
				'A client has read an item through the Connect server, from its activity log. Reads of this workflow itself do not count, unless you include them. Also one event of kind "accessesLost" when the log no longer reaches back to the last poll.',
		},
	],
};
