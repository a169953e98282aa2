/** What the trigger emits. */

import type { FingerprintDiff } from '../../shared/core/changes/fieldDiff';
import { changeEventId, versionsAdvanced, type ChangeKind, type ItemChange } from '../../shared/core/changes/itemChange';
import { summariseItem } from '../../shared/core/item/itemView';
import type { Item } from '../../shared/core/wire';
import type { AccessKind } from './eventKinds';

/** The activity log no longer reaches back to what was last read of it. */
export type LogEventKind = 'accessesLost';

/** The trigger's own state is gone. */
export type StateEventKind = 'stateLost';

export type ServerEventKind = 'serverReachable' | 'serverUnreachable';

export interface ChangeEvent {
	/** The same each time the same change or access is emitted. */
	readonly eventId: string;
	readonly kind: AccessKind | ChangeKind | LogEventKind | ServerEventKind | StateEventKind;
	/** RFC 3339. */
	readonly detectedAt: string;
	/** Whether it may have been delivered before: nothing says that its execution ended, or the trigger's state was lost. */
	readonly redelivered: boolean;
	readonly [member: string]: unknown;
}

export interface Details extends Partial<FingerprintDiff> {
	/** Where the whole item is wanted, in the form it leaves the node in. */
	readonly shown?: object;
}

export interface EventContext {
	readonly vaultName: string;
	/** Milliseconds since the epoch. */
	readonly now: number;
}

/** @returns the event without any value; `Details.shown` is added to what leaves the node only. */
export function emitChange(change: ItemChange, { changedFields, changedAttributes }: Details, context: EventContext): ChangeEvent {
	const { kind, vaultId, itemId, previousVersion, version, row, from, recovered = false } = change;
	return {
		eventId: changeEventId(change),
		kind,
		item: row ? summariseRow(row) : { id: itemId, vaultId },
		vault: { id: vaultId, name: context.vaultName },
		...(from && { movedFrom: { ...from } }),
		previousVersion: previousVersion ?? null,
		version,
		versionsAdvanced: recovered && kind === 'updated' ? null : versionsAdvanced(change),
		...(changedFields && { changedFields: changedFields.map((field) => ({ ...field })) }),
		...(changedAttributes && { changedAttributes: [...changedAttributes] }),
		updatedAt: row?.updatedAt ?? null,
		detectedAt: new Date(context.now).toISOString(),
		redelivered: recovered,
	};
}

/** Without addresses: some are secrets, and an event may have to wait in the static data for its repetition. */
function summariseRow(row: Item): object {
	const { urls: _urls, ...summary } = summariseItem(row);
	return summary;
}

/** @param reason code of the error that stood in the way. */
export function emitUnreachable(reason: string, message: string, since: string): ChangeEvent {
	return {
		eventId: `server@${since}#unreachable`,
		kind: 'serverUnreachable',
		reason,
		message,
		since,
		detectedAt: since,
		redelivered: false,
	};
}

export function emitReachable(since: string, now: number): ChangeEvent {
	return {
		eventId: `server@${since}#reachable`,
		kind: 'serverReachable',
		since,
		unreachableSeconds: Math.max(0, Math.round((now - Date.parse(since)) / 1000)),
		detectedAt: new Date(now).toISOString(),
		redelivered: false,
	};
}

/** @param readAt until when all accesses were emitted: milliseconds since the epoch; `undefined` where nothing says it. */
export function emitAccessesLost(readAt: number | undefined, now: number): ChangeEvent {
	const detectedAt = new Date(now).toISOString();
	const since = readAt === undefined ? null : new Date(readAt).toISOString();
	return {
		eventId: `activity@${since ?? detectedAt}#lost`,
		kind: 'accessesLost',
		message: 'The activity log no longer reaches back to the last poll: accesses in between may be missing.',
		since,
		detectedAt,
		redelivered: false,
	};
}
