/** Which log is read. */

import { choiceParameter, choicesParameter, switchParameter } from '../../shared/n8n/parameters/choices';

export const source = choiceParameter({
	displayName: 'Source',
	name: 'source',
	noDataExpression: true,
	default: 'connect',
	description: 'Which log to read',
	options: [
		{
			name: '1Password Connect Server',
			value: 'connect',
			description: 'Its activity log: what was read and written with its access tokens',
		},
		{
			name: '1Password Events API',
			value: 'events',
			description: 'The log of a 1Password Business account: what people did, with their names and addresses',
		},
	],
});

export const feeds = choicesParameter({
	displayName: 'Event Kinds',
	name: 'feeds',
	default: [],
	description: 'Which events to read. Empty: all that the token may read.',
	displayOptions: { show: { source: ['events'] } },
	options: [
		{ name: 'Audit Events', value: 'auditEvent', description: 'Changes to the account, its people, groups and vaults' },
		{ name: 'Item Usages', value: 'itemUsage', description: 'Items of shared vaults that were filled, revealed, copied or changed' },
		{ name: 'Sign-in Attempts', value: 'signInAttempt' },
	],
});

export const includeBackground = switchParameter({
	displayName: 'Include Background Events',
	name: 'includeBackground',
	default: false,
	description: 'Whether to return the audit events, too, that apps cause by themselves all the time',
	displayOptions: { show: { source: ['events'] } },
});

export const sourceProperties = [source.property, feeds.property, includeBackground.property];
