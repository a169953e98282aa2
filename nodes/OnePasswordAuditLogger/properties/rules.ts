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

const chooseRules: INodeProperties = {
	displayName: 'Anomaly Rules',
	name: 'rules',
	type: 'multiOptions',
	default: ['burst', 'criticalItem', 'denied', 'newIp', 'unknownClient'],
	description: "What makes an event appear in the output 'Anomalies' too",
	options: [
		{ name: 'Burst', value: 'burst', description: 'Many requests of one client within minutes' },
		{ name: 'Critical Item', value: 'criticalItem', description: 'Any request for an item with a certain tag' },
		{ name: 'Denied Request', value: 'denied' },
		{ name: 'First Access to an Item', value: 'firstAccess', description: 'By this client with this token, or by this person' },
		{ name: 'New IP Address', value: 'newIp', description: 'Not used before with this token, or by this person' },
		{ name: 'Outside Working Hours', value: 'outsideHours' },
		{ name: 'Unknown Client or Workflow', value: 'unknownClient', description: 'Not seen before, or not on your list' },
	],
};

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
			description: 'Requests of one client in that time that make a burst',
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
				'Workflow IDs and names of User-Agents without version, separated by commas. All others are unknown. Empty: those seen while learning are known.',
		},
		{
			displayName: 'Learning Days',
			name: 'learningDays',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: DEFAULT_LEARNING_DAYS,
			description: 'Days from the first event on in which no client, address or access counts as new',
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

export const ruleProperties: readonly INodeProperties[] = [chooseRules, ruleSettings];
