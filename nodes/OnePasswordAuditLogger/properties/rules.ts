import type { INodeProperties } from 'n8n-workflow';

import {
	DEFAULT_BURST_COUNT,
	DEFAULT_BURST_MINUTES,
	DEFAULT_CRITICAL_TAG,
	DEFAULT_LEARNING_DAYS,
	DEFAULT_WORKING_DAYS,
	DEFAULT_WORKING_FROM,
	DEFAULT_WORKING_TO,
} from '../defaults';
import { chooseRules } from './ruleChoice';

const ruleSettings: INodeProperties = {
	displayName: 'Rule Settings',
	name: 'ruleSettings',
	type: 'collection',
	placeholder: 'Add Setting',
	default: {},
	options: [
		{
			displayName: 'Burst Minutes',
			name: 'burstMinutes',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: DEFAULT_BURST_MINUTES,
			description: 'Length of the time in which requests are counted',
		},
		{
			displayName: 'Burst Requests',
			name: 'burstCount',
			type: 'number',
			typeOptions: { minValue: 2 },
			default: DEFAULT_BURST_COUNT,
			description: 'Requests with one token, or by one person, in that time that make a burst',
		},
		{
			displayName: 'Critical Tag',
			name: 'criticalTag',
			type: 'string',
			default: DEFAULT_CRITICAL_TAG,
			description: 'Tag of the items that count as critical; items are listed on the Connect server to find them',
		},
		{
			displayName: 'Known Clients',
			name: 'knownClients',
			type: 'string',
			default: '',
			placeholder: 'e.g. connect-sdk-go, AbCdEf123456',
			description:
				'Workflow IDs and names of User-Agents, such as 1Password-CLI, separated by commas; case, versions and comments do not count. All others are unknown. Empty: those seen while learning are known.',
		},
		{
			displayName: 'Learning Days',
			name: 'learningDays',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: DEFAULT_LEARNING_DAYS,
			description:
				'Days from the first event on in which no client, address or access counts as new. In a time range that is not longer, none ever does: set 0 to see each the first time.',
		},
		{
			displayName: 'Time Zone',
			name: 'timeZone',
			type: 'string',
			default: '',
			placeholder: 'e.g. Europe/Zurich',
			description: 'Of the working hours. Empty: that of the workflow.',
		},
		{
			displayName: 'Working Days',
			name: 'workingDays',
			type: 'multiOptions',
			default: [...DEFAULT_WORKING_DAYS],
			options: [
				{ name: 'Friday', value: '5' },
				{ name: 'Monday', value: '1' },
				{ name: 'Saturday', value: '6' },
				{ name: 'Sunday', value: '0' },
				{ name: 'Thursday', value: '4' },
				{ name: 'Tuesday', value: '2' },
				{ name: 'Wednesday', value: '3' },
			],
		},
		{
			displayName: 'Working From',
			name: 'workingFrom',
			type: 'string',
			default: DEFAULT_WORKING_FROM,
			description: 'Time of day at which work begins',
		},
		{
			displayName: 'Working To',
			name: 'workingTo',
			type: 'string',
			default: DEFAULT_WORKING_TO,
			description: 'Time of day at which work ends; before the beginning means over midnight',
		},
	],
};

export const ruleProperties: readonly INodeProperties[] = [...chooseRules, ruleSettings];
