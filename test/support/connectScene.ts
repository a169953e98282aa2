/**
 * An emulator and runs against it that share one clock that stands still unless someone sleeps: no test waits, and the lag
 * of reads is the same each time.
 */

import { afterEach } from '@jest/globals';

import type { ConnectRun } from '../../nodes/shared/connect/run/connectRun';
import { KeyedMutex } from '../../nodes/shared/async/keyedMutex';
import type { Effects } from '../../nodes/shared/http/sendWithRetry';
import {
	manualClock,
	startConnectEmulator,
	type BehaviourOptions,
	type ConnectEmulator,
	type Fault,
	type FaultKind,
	type FaultMatch,
	type ManualClock,
	type RecordedRequest,
	type SeedItem,
	type SeedVault,
} from '../emulators/connect';
import { openTestRun } from './openTestRun';
import { CANARY } from './refusal';

export interface SceneOptions {
	/** Items of the vault "Production". Default: `KEY_ITEM`. */
	readonly items?: readonly SeedItem[];
	/** Vaults beside it. */
	readonly vaults?: readonly SeedVault[];
	/** On top of the emulator's awkward defaults: reads lag 150 ms, a write's answer has the old version. */
	readonly behaviour?: BehaviourOptions;
}

export interface RunOptions {
	readonly token?: string;
	readonly expectMany?: boolean;
	/** Milliseconds. */
	readonly timeoutMs?: number;
	readonly locks?: KeyedMutex;
}

export interface Scene {
	readonly emulator: ConnectEmulator;
	readonly clock: ManualClock;
	/** What the clients slept, milliseconds, in order. */
	readonly sleeps: readonly number[];
	readonly vaultId: string;
	/** Id of the first item. */
	readonly itemId: string;
	readonly run: ConnectRun;
	/** Another run of the node; a separate client if it has its own locks. */
	open(options?: RunOptions): ConnectRun;
	/** Methods and statuses of the requests so far, such as `PATCH 200`; 0 = no answer. */
	trace(): string[];
	/** Requests that should change something. */
	writes(): RecordedRequest[];
	/** How many requests did change something. */
	applied(): number;
	/** Breaks requests; every one of the method, or the first `times`. */
	break(method: string, kind: FaultKind, aim?: { times?: number; skip?: number; path?: RegExp }): void;
}

export const KEY_ITEM: SeedItem = {
	title: 'Payments API',
	category: 'API_CREDENTIAL',
	tags: ['payments'],
	urls: [{ label: 'dashboard', primary: true, href: 'https://payments.example.com' }],
	fields: [
		{ id: 'username', label: 'username', value: 'payments-service' },
		{ id: 'credential', type: 'CONCEALED', label: 'credential', value: CANARY },
		{ id: 'hostname', label: 'hostname', value: 'old.example.com' },
	],
};

const running: ConnectEmulator[] = [];

afterEach(async () => {
	await Promise.all(running.splice(0).map(async (emulator) => await emulator.close()));
});

export async function openScene({ items = [KEY_ITEM], vaults = [], behaviour }: SceneOptions = {}): Promise<Scene> {
	const clock = manualClock();
	const emulator = await startConnectEmulator({
		clock,
		behaviour,
		seed: { vaults: [{ name: 'Production', items }, ...vaults] },
	});
	running.push(emulator);
	const vaultId = emulator.admin.vaults()[0]?.id ?? '';
	const sleeps: number[] = [];
	const effects: Effects = {
		now: clock.now,
		random: () => 0.5,
		sleep: async (ms) => {
			sleeps.push(ms);
			await clock.sleep(ms);
		},
	};
	const open = (options: RunOptions = {}): ConnectRun => openTestRun({ serverUrl: emulator.url, token: emulator.token, effects, ...options });
	const writes = (): RecordedRequest[] => emulator.requests.filter(({ method }) => method !== 'GET');
	return {
		emulator,
		clock,
		sleeps,
		vaultId,
		itemId: emulator.admin.items(vaultId)[0]?.id ?? '',
		run: open(),
		open,
		trace: () => emulator.requests.map(({ method, status }) => `${method} ${status}`),
		writes,
		applied: () => emulator.requests.filter(({ applied }) => applied).length,
		break: (method, kind, { times = Infinity, skip = 0, path } = {}) => {
			const match: FaultMatch = { method, ...(path && { path }) };
			emulator.faults.script({ ...kind, match, times, skip } as Fault);
		},
	};
}

/** What can go wrong with a write, and whether the server has acted by then. */
export const LOST_ANSWERS: ReadonlyArray<readonly [string, FaultKind, boolean]> = [
	['cut before the headers, acted', { kind: 'resetBeforeHeaders', act: true }, true],
	['cut before the headers, not acted', { kind: 'resetBeforeHeaders', act: false }, false],
	['cut in the middle of the answer', { kind: 'cutMidBody' }, true],
	['answered with malformed JSON', { kind: 'malformedJson' }, true],
	["answered with a proxy's page", { kind: 'html' }, false],
	['never answered', { kind: 'hang' }, false],
	['answered 500', { kind: 'status', status: 500 }, false],
	['answered 502', { kind: 'html', status: 502 }, false],
	['answered 503', { kind: 'status', status: 503, retryAfter: 1 }, false],
	['answered 504', { kind: 'status', status: 504 }, false],
	['answered 408', { kind: 'status', status: 408 }, false],
];

interface WithFields {
	readonly fields?: ReadonlyArray<{ readonly id: string; readonly label?: string; readonly value?: string }>;
}

/** The value of a field, by id or label. */
export function valueOf({ fields = [] }: WithFields, name: string): string | undefined {
	return (fields.find(({ id }) => id === name) ?? fields.find(({ label }) => label === name))?.value;
}

/** The bodies of the requests, as sent. */
export function bodiesOf(requests: readonly RecordedRequest[]): unknown[] {
	return requests.map(({ body }) => body);
}
