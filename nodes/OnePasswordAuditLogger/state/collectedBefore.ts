/**
 * Whether the node has collected before, as n8n's own table `processed_data` tells. All processes of n8n share it, and it
 * outlives static data. It is no place for a position: it only tells whether a word was noted before.
 */

import type { IExecuteFunctions } from 'n8n-workflow';

import type { NotedWords } from '../auditContext';

const OPTIONS = { mode: 'entries', maxEntries: 20 } as const;

type Helpers = Pick<IExecuteFunctions['helpers'], 'getProcessedDataCount' | 'checkProcessedAndRecord' | 'removeProcessed'>;

/** Each method returns a plain "no" where n8n has no such table, or does not let the node use it. */
export class CollectedBefore implements NotedWords {
	constructor(
		private readonly helpers: Helpers,
		private readonly isManual: boolean,
	) {}

	async count(): Promise<number> {
		return await this.ask(async () => await this.helpers.getProcessedDataCount('node', OPTIONS), 0);
	}

	async note(word: string): Promise<boolean> {
		if (this.isManual) return false;
		return await this.ask(async () => {
			const { processed } = await this.helpers.checkProcessedAndRecord([word], 'node', OPTIONS);
			return processed.length > 0;
		}, false);
	}

	async forget(word: string): Promise<void> {
		if (this.isManual) return;
		await this.ask(async () => await this.helpers.removeProcessed([word], 'node', OPTIONS), undefined);
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
