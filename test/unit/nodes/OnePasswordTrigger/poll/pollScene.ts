/** Polls against an emulator on a clock that stands still, without n8n around them. */

import { NodeParameters } from '../../../../../nodes/shared/n8n/parameters/nodeParameters';
import { compileFilter } from '../../../../../nodes/shared/core/changes/itemFilter';
import { fingerprintKey } from '../../../../../nodes/shared/core/changes/fieldFingerprint';
import type { ChangeEvent } from '../../../../../nodes/OnePasswordTrigger/events/changeEvent';
import { Recent } from '../../../../../nodes/shared/core/recent';
import { OwnReads } from '../../../../../nodes/OnePasswordTrigger/watch/ownReads';
import { poll } from '../../../../../nodes/OnePasswordTrigger/poll/poll';
import { parseState, type PollState } from '../../../../../nodes/OnePasswordTrigger/state/pollState';
import { readSettings, type WatchSettings } from '../../../../../nodes/OnePasswordTrigger/watch/settings';
import type { Watch } from '../../../../../nodes/OnePasswordTrigger/watch/watch';
import { tokenIdOf } from '../../../../../nodes/shared/core/server/tokenId';
import type { ConnectRun } from '../../../../../nodes/shared/connect/run/connectRun';
import { OwnWrites } from '../../../../../nodes/shared/connect/run/ownWrites';
import { formatUserAgent } from '../../../../../nodes/shared/n8n/services/userAgent';
import type { OnePasswordError } from '../../../../../nodes/shared/core/errors/onePasswordError';
import { openScene, type Scene, type SceneOptions } from '../../../../support/connectScene';
import { openTestRun } from '../../../../support/openTestRun';

export const ALL_EVENTS = ['archived', 'created', 'deleted', 'moved', 'restored', 'updated'];

export interface Polled {
	readonly events: readonly ChangeEvent[];
	readonly failure?: OnePasswordError;
	readonly requests: readonly string[];
}

export interface Watcher {
	readonly scene: Scene;
	/** The state the last poll left. */
	state(): PollState | undefined;
	/** What n8n would store. */
	stored(): string;
	/** Lets the replicas catch up and the interval pass, then polls. */
	poll(options?: PollOptions): Promise<Polled>;
	/** A run of a workflow in the same process. Default: the one that the trigger belongs to. */
	openRun(workflowId?: string): ConnectRun;
	/** What the polls share, for the steps around them. */
	watch(): Watch;
}

export interface PollOptions {
	/** Milliseconds before the poll; default a minute. */
	readonly afterMs?: number;
	/** Changes to the parameters, which stay. */
	readonly parameters?: Readonly<Record<string, unknown>>;
	readonly token?: string;
	/** Milliseconds for the poll; default 60,000. */
	readonly budgetMs?: number;
}

/** @param parameters of the node, on top of every event in all vaults. */
export async function openWatcher(parameters: Readonly<Record<string, unknown>> = {}, options: SceneOptions = {}): Promise<Watcher> {
	const scene = await openScene(options);
	let current: Record<string, unknown> = { events: ALL_EVENTS, reveal: 'none', simplify: true, ...parameters };
	let token = scene.emulator.token;
	let json: string | undefined;
	const ownWrites = new OwnWrites(scene.clock.now);
	const ownReads = new OwnReads(new Recent(1_000), scene.clock.now);
	const openRun = (workflowId = 'wf-1'): ConnectRun =>
		openTestRun({
			serverUrl: scene.emulator.url,
			token,
			effects: scene.run.effects,
			expectMany: true,
			ownWrites,
			workflowId,
			userAgent: formatUserAgent({ workflowId, nodeName: '1Password Trigger' }),
		});
	const watch = (budgetMs = 60_000): Watch => {
		const settings = settingsOf(current);
		const startedAt = scene.clock.now();
		return {
			run: openRun(),
			settings,
			nodeName: '1Password Trigger',
			ownReads,
			matches: compileFilter(settings.filter),
			startedAt,
			deadline: startedAt + budgetMs,
			tokenId: tokenIdOf(token),
			...(settings.detail !== 'versions' && { key: fingerprintKey(token) }),
		};
	};
	const state = (): PollState | undefined => (json === undefined ? undefined : parseState(JSON.parse(json)));
	return {
		scene,
		openRun,
		watch,
		state,
		stored: () => json ?? '',
		async poll({ afterMs = 60_000, budgetMs = 60_000, ...changes } = {}) {
			current = { ...current, ...changes.parameters };
			token = changes.token ?? token;
			scene.clock.advance(afterMs);
			const before = scene.emulator.requests.length;
			const now = watch(budgetMs);
			const result = await poll(now, state(), now.settings.maxEvents);
			json = JSON.stringify({ ...result.state, serial: result.state.serial + 1 });
			return {
				events: result.events.map(({ event, shown }) => (shown ? { ...event, item: shown } : event)),
				failure: result.failure,
				requests: scene.emulator.requests.slice(before).map(({ method, route }) => `${method} ${route}`),
			};
		},
	};
}

/** @param parameters of the node. */
export function settingsOf(parameters: Readonly<Record<string, unknown>>): WatchSettings {
	return readSettings(new NodeParameters({ getNodeParameter: (name: string) => parameters[name] } as never, 0));
}

export function kindsOf({ events }: Polled): string[] {
	return events.map(({ kind }) => kind);
}
