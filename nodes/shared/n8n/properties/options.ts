/** The Options collection: settings that most runs leave at their defaults. */

import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_SYNC_TIMEOUT_MS } from '../../connect/run/awaitRead';
import { DEFAULT_TIMEOUT_MS } from '../services/httpTransport';

const DEFAULT_SYNC_TIMEOUT_SECONDS = DEFAULT_SYNC_TIMEOUT_MS / 1000;

const timeoutOption: INodeProperties = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	noDataExpression: true,
	typeOptions: { minValue: 1 },
	default: DEFAULT_TIMEOUT_MS,
	description: 'Milliseconds until a request that is not answered fails',
};

export const syncOption: INodeProperties = {
	displayName: 'Wait for Sync',
	name: 'waitForSync',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: DEFAULT_SYNC_TIMEOUT_SECONDS,
	description: 'Seconds to wait until a read shows the write, since Connect reads from a local copy that follows a moment later. 0 does not wait.',
};

export const expectedVersionOption: INodeProperties = {
	displayName: 'Expected Version',
	name: 'expectedVersion',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 1,
	description: 'Fail if the item is at another version, meaning it was changed. If Connect does not show that version yet, the node waits for it.',
};

export const dryRunOption: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description: 'Whether to list what would change, without values, and write nothing',
};

/** @returns the collection, with the time-out that every operation has. */
export function optionsProperty(...options: readonly INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [...options, timeoutOption].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}
