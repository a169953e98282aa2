/**
 * Whether the node has collected before, as n8n's own table `processed_data` tells. All processes of n8n share it, and it
 * outlives static data. It is no place for a position: it only tells whether a word was noted before.
 */

import type { IExecuteFunctions } from 'n8n-workflow';

import { isManual } from '../hints';

const OPTIONS = { mode: 'entries', maxEntries: 20 } as const;

/** Each method returns a plain "no" where n8n has no such table, or does not let the node use it. */
export class CollectedBefore {
	constructor(private readonly node: IExecuteFunctions) {}

	/** @returns how many words are noted; 0 before the node has collected for the first time. */
	async count(): Promise<number> {
		return await this.ask(async () => await this.node.helpers.getProcessedDataCount('node', OPTIONS), 0);
	}

	/** Notes nothing in a manual execution. @returns whether the word was noted before. */
	async note(word: string): Promise<boolean> {
		if (isManual(this.node)) return false;
		return await this.ask(async () => {
			const { processed } = await this.node.helpers.checkProcessedAndRecord([word], 'node', OPTIONS);
			return processed.length > 0;
		}, false);
	}

	async forget(word: string): Promise<void> {
		if (isManual(this.node)) return;
		await this.ask(async () => await this.node.helpers.removeProcessed([word], 'node', OPTIONS), undefined);
	}

	/** Two executions that note their first word at once are in each other's way: that costs a hint, and no event. */
	private async ask<T>(question: () => Promise<T>, otherwise: T): Promise<T> {
		try {
			return await question();
		} catch {
			return otherwise;
		}
	}
}
