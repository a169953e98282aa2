/** The Options collection: settings that most runs leave at their defaults. */

import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_SYNC_TIMEOUT_MS } from '../../connect/run/awaitRead';
import { DEFAULT_TIMEOUT_MS } from '../services/httpTransport';
import { collectionParameter } from '../parameters/collections';
import { numberParameter } from '../parameters/numbers';
import { added, type Described, type Parameter } from '../parameters/parameter';
import { switchParameter } from '../parameters/choices';

const COLLECTION = { displayName: 'Options', name: 'options', placeholder: 'Add option' };

/** To read what was added, whatever is offered. */
export const addedOptions = collectionParameter({ ...COLLECTION, members: [] });

/** @returns the parameter as a member of the collection, read from the parameters of the node. */
export function option<T>(member: Parameter<T>): Parameter<T> {
	return { property: member.property, read: (values) => member.read(addedOptions.read(values)) };
}

/** Milliseconds. */
export const timeoutMember = numberParameter({
	displayName: 'Timeout',
	name: 'timeout',
	noDataExpression: true,
	minimum: 1,
	default: DEFAULT_TIMEOUT_MS,
	description: 'Milliseconds until a request that is not answered fails',
});

export const timeoutOption = option(timeoutMember);

/** Milliseconds to wait until a read shows the write; 0 = do not wait. */
export const syncOption = waitForSync(
	'Seconds to wait until a read shows the write, because Connect reads from a local copy that is updated a moment later. 0 does not wait.',
);

/** @returns the option; its value is in milliseconds. */
export function waitForSync(description: string): Parameter<number> {
	const seconds = numberParameter({
		displayName: 'Wait for Sync',
		name: 'waitForSync',
		minimum: 0,
		default: DEFAULT_SYNC_TIMEOUT_MS / 1000,
		description,
	});
	return option({ property: seconds.property, read: (values) => seconds.read(values) * 1000 });
}

export const expectedVersionOption = option(
	added(
		numberParameter({
			displayName: 'Expected Version',
			name: 'expectedVersion',
			minimum: 1,
			default: 1,
			description: "Fail if the item's version differs, meaning it was changed. If Connect does not show this version yet, the node waits for it.",
		}),
	),
);

export const dryRunOption = option(
	switchParameter({
		displayName: 'Dry Run',
		name: 'dryRun',
		default: false,
		description: 'Whether to list what would change, without values, and write nothing',
	}),
);

/** @returns the collection, with the time-out that every operation has. */
export function optionsProperty(...options: readonly Described[]): INodeProperties {
	const members = [...options, timeoutOption].sort((a, b) => a.property.displayName.localeCompare(b.property.displayName));
	return collectionParameter({ ...COLLECTION, members }).property;
}
