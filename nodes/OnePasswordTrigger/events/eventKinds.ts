/** The one list of what can start the workflow: the editor offers these kinds, and the settings accept them. */

import { CHANGE_KINDS, type ChangeKind } from '../../shared/core/changes/itemChange';

interface Offer {
	/** As the editor shows it. */
	readonly name: string;
	readonly description?: string;
	/** Whether the editor preselects it. Default false. */
	readonly isDefault?: boolean;
}

/** `source` says what a poll looks at: lists of items, the activity log, or whether the server answers. */
export type EventKind = Offer &
	(
		| { readonly source: 'changes'; readonly value: ChangeKind }
		| { readonly source: 'accesses'; readonly value: string }
		| { readonly source: 'health'; readonly value: 'serverHealth' }
	);

/** In alphabetical order of the names. */
const KINDS = [
	{
		value: 'denied',
		name: 'Access Denied',
		description:
			'A request that the Connect server refused to a client, this workflow included, from its activity log. Also one event of kind "accessesLost" when the log no longer reaches back to the last poll.',
		source: 'accesses',
	},
	{
		value: 'serverHealth',
		name: 'Connect Server Unreachable or Back',
		description: 'One event when the Connect server can no longer be reached, one when it is back',
		source: 'health',
	},
	{ value: 'archived', name: 'Item Archived', source: 'changes', isDefault: true },
	{ value: 'created', name: 'Item Created', source: 'changes', isDefault: true },
	{ value: 'deleted', name: 'Item Deleted', source: 'changes', isDefault: true },
	{
		value: 'moved',
		name: 'Item Moved',
		description: 'To another watched vault; one event instead of a deletion and a creation',
		source: 'changes',
	},
	{ value: 'restored', name: 'Item Restored', source: 'changes', isDefault: true },
	{ value: 'updated', name: 'Item Updated', source: 'changes', isDefault: true },
	{
		value: 'accessed',
		name: 'Secret Accessed',
		description:
			'A client has read an item through the Connect server, from its activity log. Reads of this workflow itself do not count, unless you include them. Also one event of kind "accessesLost" when the log no longer reaches back to the last poll.',
		source: 'accesses',
	},
] as const satisfies readonly EventKind[];

export const EVENT_KINDS: readonly EventKind[] = KINDS;

/** Requests in the activity log. */
export type AccessKind = Extract<(typeof KINDS)[number], { readonly source: 'accesses' }>['value'];

export const ACCESS_KINDS: readonly AccessKind[] = KINDS.flatMap((kind) => (kind.source === 'accesses' ? [kind.value] : []));

/** What `Events` accepts: the kinds on offer, and `existing`, which the option 'Emit Existing Items' adds. */
export const ACCEPTED_KINDS: readonly string[] = [...new Set([...CHANGE_KINDS, ...EVENT_KINDS.map(({ value }) => value)])];
