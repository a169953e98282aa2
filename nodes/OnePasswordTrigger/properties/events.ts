import type { INodeProperties } from 'n8n-workflow';

import { EVENT_KINDS } from '../events/eventKinds';

export const eventsProperty: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	required: true,
	noDataExpression: true,
	default: [...EVENT_KINDS.filter(({ isDefault = false }) => isDefault).map(({ value }) => value)],
	description: 'What starts the workflow',
	options: EVENT_KINDS.map(({ name, value, description }) => ({ name, value, ...(description !== undefined && { description }) })),
};
