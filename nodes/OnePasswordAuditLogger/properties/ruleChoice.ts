import type { INodeProperties } from 'n8n-workflow';

import { RULES } from '../../shared/core/audit/anomalies/rules/allRules';

/** One choice for each source: the Events API does not report tags. */
export const chooseRules = ['connect', 'events'].map((source): INodeProperties => {
	const offered = RULES.filter(({ needsTags = false }) => source === 'connect' || !needsTags);
	return {
		displayName: 'Anomaly Rules',
		name: 'rules',
		type: 'multiOptions',
		default: [...offered.filter(({ isDefault = false }) => isDefault).map(({ id }) => id)],
		description: "What makes an event appear in the output 'Anomalies' too",
		displayOptions: { show: { source: [source] } },
		options: offered.map(({ id, name, description }) => ({ name, value: id, ...(description !== undefined && { description }) })),
	};
});
