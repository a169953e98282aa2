/** n8n's table `processed_data`, which all its processes share, in the engine of the tests. */

import { DataDeduplicationService } from 'n8n-core';
import type { ICheckProcessedContextData } from 'n8n-workflow';

const entries = new Map<string, string[]>();

const keyOf = ({ workflow, node }: ICheckProcessedContextData): string => `${workflow.id} ${node?.id}`;

/** As in n8n: the oldest ones are dropped. */
const deduplicator: Parameters<typeof DataDeduplicationService.init>[0] = {
	async checkProcessedAndRecord(items, _scope, context, { maxEntries = Infinity }) {
		const known = entries.get(keyOf(context)) ?? [];
		const words = items.map(String);
		const fresh = words.filter((word) => !known.includes(word));
		entries.set(keyOf(context), [...known, ...fresh].slice(-Math.min(maxEntries, Number.MAX_SAFE_INTEGER)));
		return await Promise.resolve({ new: fresh, processed: words.filter((word) => known.includes(word)) });
	},
	async removeProcessed(items, _scope, context) {
		const words = items.map(String);
		entries.set(
			keyOf(context),
			(entries.get(keyOf(context)) ?? []).filter((word) => !words.includes(word)),
		);
		await Promise.resolve();
	},
	async clearAllProcessedItems(_scope, context) {
		entries.delete(keyOf(context));
		await Promise.resolve();
	},
	async getProcessedDataCount(_scope, context) {
		return await Promise.resolve(entries.get(keyOf(context))?.length ?? 0);
	},
};

let isThere = false;

/** @returns what the table holds; it is empty at first. */
export async function useProcessedData(): Promise<Map<string, string[]>> {
	if (!isThere) await DataDeduplicationService.init(deduplicator);
	isThere = true;
	entries.clear();
	return entries;
}
