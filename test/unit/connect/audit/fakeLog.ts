/** An activity log in memory that other clients write to while it is read. */

import type { Activity } from '../../../../nodes/shared/connect/audit/logEntry';
import type { ApiRequest } from '../../../../nodes/shared/core/wire';

export interface FakeLogOptions {
	readonly order?: 'newestFirst' | 'oldestFirst';
	/** Rows kept. Default all. */
	readonly retention?: number;
	/** Longest page. Default 1000. */
	readonly maxLimit?: number;
	/** How many rows answers say there are. Default: as many as there are. */
	readonly total?: 'none' | 'wrong';
	/** Whether late rows are sorted by time instead of appended. Default false. */
	readonly isSorted?: boolean;
	/** Whether times are cut to whole seconds, as servers do. Default false. */
	readonly isWhole?: boolean;
}

export const START_MS = Date.UTC(2026, 0, 1);

export class FakeLog implements Activity {
	/** Oldest first. */
	rows: ApiRequest[] = [];
	/** Every row there ever was. */
	readonly all: ApiRequest[] = [];
	requests = 0;
	/** Called before each page. */
	onPage: () => void = () => undefined;

	constructor(readonly options: FakeLogOptions = {}) {}

	add(time: number, count = 1): void {
		for (let n = 0; n < count; n++) {
			const row = rowAt(this.options.isWhole ? Math.floor(time / 1_000) * 1_000 : time, this.all.length);
			this.all.push(row);
			this.rows.splice(this.options.isSorted ? this.placeOf(row) : this.rows.length, 0, row);
		}
		const { retention = Infinity } = this.options;
		if (this.rows.length > retention) this.rows.splice(0, this.rows.length - retention);
	}

	/** One row each second. */
	fill(count: number, startMs = START_MS): void {
		for (let n = 0; n < count; n++) this.add(startMs + n * 1000);
	}

	async activity({ limit = 50, offset = 0 }: { limit?: number; offset?: number } = {}): ReturnType<Activity['activity']> {
		this.onPage();
		this.requests += 1;
		const { order = 'newestFirst', maxLimit = 1_000, total: says } = this.options;
		const total = this.rows.length;
		const size = Math.min(limit, maxLimit);
		const rows =
			order === 'oldestFirst'
				? this.rows.slice(offset, offset + size)
				: this.rows.slice(Math.max(0, total - offset - size), Math.max(0, total - offset)).reverse();
		return await Promise.resolve({ rows, ...(says !== 'none' && { total: says === 'wrong' ? 7 : total }) });
	}

	private placeOf({ timestamp }: ApiRequest): number {
		let place = this.rows.length;
		while (place > 0 && (this.rows[place - 1]?.timestamp ?? '') > timestamp) place -= 1;
		return place;
	}
}

function rowAt(time: number, number: number): ApiRequest {
	return {
		requestId: `request-${number}`,
		timestamp: new Date(time).toISOString(),
		action: 'READ',
		result: 'SUCCESS',
		actor: { id: 'server', jti: 'token' },
		resource: { type: 'ITEM', vault: { id: 'v' }, item: { id: `item-${number % 10}` } },
	};
}

/** @returns the request ids, by which the tests tell rows apart. */
export function idsOf(rows: ReadonlyArray<{ readonly eventId: string }>): string[] {
	return rows.map(({ eventId }) => eventId.replace(/-[\da-f]{12}$/, ''));
}
