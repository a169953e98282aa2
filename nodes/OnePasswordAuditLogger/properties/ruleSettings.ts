/** What the rules go by, where it is not what most people want. */

import { invalidInput } from '../../shared/core/errors/onePasswordError';
import { collectionParameter } from '../../shared/n8n/parameters/collections';
import { requireText, toTexts } from '../../shared/n8n/parameters/conversions';
import { numberParameter } from '../../shared/n8n/parameters/numbers';
import { setting } from './setting';
import { workingMembers } from './workingHours';

export const burstMinutes = numberParameter({
	displayName: 'Burst Minutes',
	name: 'burstMinutes',
	minimum: 1,
	default: 5,
	description: 'Length of the time in which requests are counted',
});

export const burstCount = numberParameter({
	displayName: 'Burst Requests',
	name: 'burstCount',
	minimum: 2,
	default: 100,
	description: 'Requests with one token, or by one person, in that time that make a burst',
});

export const criticalTag = setting(
	{
		displayName: 'Critical Tag',
		name: 'criticalTag',
		default: 'critical',
		description: 'Tag of the items that count as critical; items are listed on the Connect server to find them',
	},
	(value, displayName) => requireText(value, displayName).trim(),
);

/** None where clients are to be learnt. */
export const knownClients = setting(
	{
		displayName: 'Known Clients',
		name: 'knownClients',
		default: '',
		placeholder: 'e.g. connect-sdk-go, AbCdEf123456',
		description:
			'Workflow IDs and names of User-Agents, such as 1Password-CLI, separated by commas; case, versions and comments do not count. All others are unknown. Empty: those seen while learning are known.',
	},
	readClients,
);

export const learningDays = numberParameter({
	displayName: 'Learning Days',
	name: 'learningDays',
	minimum: 0,
	default: 7,
	description:
		'Days from the first event on in which no client, address or access counts as new. In a time range that is not longer, none ever does: set 0 to see each the first time.',
});

export const ruleSettings = collectionParameter({
	displayName: 'Rule Settings',
	name: 'ruleSettings',
	placeholder: 'Add Setting',
	members: [burstMinutes, burstCount, criticalTag, knownClients, learningDays, ...workingMembers],
});

function readClients(given: unknown, displayName: string): string[] {
	const lines = typeof given === 'string' ? given.split(/\r?\n/) : [given];
	const clients = lines.flatMap((line) => toTexts(line, displayName));
	if (clients.length > 0 || given === '' || Array.isArray(given)) return clients;
	throw invalidInput(`'${displayName}' names no client.`, 'Enter names with commas between them, or nothing at all to have clients learnt.');
}
