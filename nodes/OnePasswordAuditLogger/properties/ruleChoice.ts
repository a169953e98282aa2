import type { INodeProperties } from 'n8n-workflow';

const DEFAULT_RULES = ['burst', 'criticalItem', 'denied', 'newIp', 'unknownClient'];

const RULE_CHOICES = [
	{ name: 'Burst', value: 'burst', description: 'Many requests with one token, or by one person, within minutes' },
	{ name: 'Critical Item', value: 'criticalItem', description: 'Any request for an item with a certain tag' },
	{ name: 'Denied Request', value: 'denied' },
	{ name: 'First Access to an Item', value: 'firstAccess', description: 'By this client with this token, or by this person' },
	{ name: 'New IP Address', value: 'newIp', description: 'Not used before with this token, or by this person' },
	{ name: 'Outside Working Hours', value: 'outsideHours' },
	{ name: 'Unknown Client or Workflow', value: 'unknownClient', description: 'Not seen before, or not on your list' },
];

/** The Events API does not report tags. */
const NEEDS_TAGS = 'criticalItem';

export const chooseRules = ['connect', 'events'].map((source): INodeProperties => {
	const isOffered = (rule: string): boolean => source === 'connect' || rule !== NEEDS_TAGS;
	return {
		displayName: 'Anomaly Rules',
		name: 'rules',
		type: 'multiOptions',
		default: [...DEFAULT_RULES.filter(isOffered)],
		description: "What makes an event appear in the output 'Anomalies' too",
		displayOptions: { show: { source: [source] } },
		options: RULE_CHOICES.filter(({ value }) => isOffered(value)),
	};
});
