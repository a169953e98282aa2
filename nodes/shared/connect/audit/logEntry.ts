/** Rows of the activity log as read, each with a key and a time regardless of its contents. */

import { activityIdOf, activityTimeOf } from '../../core/audit/rows/activityRow';
import type { ApiRequest } from '../../core/wire';
import type { ConnectClient } from '../client/connectClient';

export type Activity = Pick<ConnectClient, 'activity'>;

export interface LogEntry {
	readonly key: string;
	/** Milliseconds since the epoch; a neighboring row's time if the row has none. */
	readonly time: number;
	readonly isTimed: boolean;
	readonly request: ApiRequest;
}

/** Rows of the log, in the log's own order. */
export type ActivityRows = (offset: number, limit: number) => Promise<readonly LogEntry[]>;

export function toEntries(rows: readonly ApiRequest[]): LogEntry[] {
	const entries = rows.map((request): LogEntry => {
		const time = activityTimeOf(request);
		return { key: activityIdOf(request), time: time ?? 0, isTimed: time !== undefined, request };
	});
	return withTimes(entries);
}

/** @returns the entries; one without a time gets the time of the previous one. */
export function withTimes(entries: readonly LogEntry[]): LogEntry[] {
	let latest = entries.find(({ isTimed }) => isTimed)?.time ?? 0;
	return entries.map((entry) => {
		if (!entry.isTimed) return { ...entry, time: latest };
		latest = entry.time;
		return entry;
	});
}

export function timesOf(entries: readonly LogEntry[]): number[] {
	return entries.flatMap(({ isTimed, time }) => (isTimed ? [time] : []));
}
