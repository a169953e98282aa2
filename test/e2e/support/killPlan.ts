import { setTimeout as delay } from 'node:timers/promises';
import type { RecordedRequest } from '../../emulators/connect';

/**
 * `listing`: changes have just been listed; `polling`: a poll has begun; `refused`: a poll has ended, and its execution could
 * not be saved; `starting`: as n8n starts after another kill; `any`: whenever.
 */
export type KillMoment = 'any' | 'listing' | 'polling' | 'refused' | 'starting';

/** Most of the kills come between the listing of changes and the saved execution, where things can go wrong. */
const MOMENTS: readonly KillMoment[] = ['listing', 'refused', 'polling', 'starting', 'listing', 'any', 'listing', 'refused'];

const ROUTES: Partial<Record<KillMoment, string>> = {
	listing: '/v1/vaults/{vaultUuid}/items',
	polling: '/v1/vaults',
	refused: '/v1/vaults/{vaultUuid}/items',
	starting: '/v1/vaults/{vaultUuid}/items',
};

/** Milliseconds after the request that a kill waits for. */
const MAX_AFTER_MS = 300;
const MAX_ANY_MS = 4_000;
/** The test must not wait for a moment that never comes. */
const PATIENCE_MS = 15_000;

/** Says when to kill n8n. Fed with every request that the Connect server answers. */
export class KillPlan {
	private readonly watchers = new Set<(request: RecordedRequest) => void>();

	constructor(private readonly random: () => number) {}

	/** Of the n-th kill, from 0: every moment takes its turn. */
	momentOf(index: number): KillMoment {
		return MOMENTS[index % MOMENTS.length] as KillMoment;
	}

	readonly see = (request: RecordedRequest): void => {
		for (const watcher of [...this.watchers]) watcher(request);
	};

	/** Resolves when it is time; for `refused`, when the poll has begun to list changes. */
	async wait(moment: KillMoment): Promise<void> {
		const route = ROUTES[moment];
		if (route === undefined) return void (await delay(this.random() * MAX_ANY_MS));
		await Promise.race([this.nextAnswer(route), delay(PATIENCE_MS)]);
		if (moment === 'refused') return;
		// Mostly early: an execution is saved within some tens of milliseconds.
		await delay(this.random() ** 2 * MAX_AFTER_MS);
	}

	private async nextAnswer(route: string): Promise<void> {
		await new Promise<void>((resolve) => {
			const watcher = (request: RecordedRequest): void => {
				if (request.route !== route || request.method !== 'GET') return;
				this.watchers.delete(watcher);
				resolve();
			};
			this.watchers.add(watcher);
		});
	}
}
