import { setTimeout as delay } from 'node:timers/promises';
import type { ConnectEmulator, FaultMatch, RecordedRequest } from '../../emulators/connect';
import type { IssuerCall, IssuerMoment, KeyIssuer } from './keyIssuer';
import type { RunningN8n } from './n8nServer';

/** What happens to a request: the connection is cut, or n8n is killed, before or after the server has acted. */
export interface Crash {
	readonly kills: boolean;
	readonly acted: boolean;
}

export const CUTS: readonly Crash[] = [
	{ kills: false, acted: false },
	{ kills: false, acted: true },
];

export const KILLS: readonly Crash[] = [
	{ kills: true, acted: false },
	{ kills: true, acted: true },
];

export function describeCrash({ kills, acted }: Crash): string {
	return `${kills ? 'n8n killed' : 'connection cut'} ${acted ? 'after' : 'before'} it acted`;
}

/** The request of a run that a step stands for: the n-th write, the first read, or a call of the service. */
export interface CrashPoint {
	readonly step: string;
	readonly at: { readonly patch: number } | { readonly read: true } | { readonly issuer: IssuerCall };
	/** The service refuses the new key in this run. */
	readonly refused?: boolean;
}

export const CRASH_POINTS: readonly CrashPoint[] = [
	{ step: 'Get status', at: { read: true } },
	{ step: 'Issue new key', at: { issuer: 'issue' } },
	{ step: 'Begin', at: { patch: 0 } },
	{ step: 'Verify new key', at: { issuer: 'whoami' } },
	{ step: 'Finish', at: { patch: 1 } },
	{ step: 'Revoke old key', at: { issuer: 'revoke' } },
	{ step: 'Notify', at: { issuer: 'notify' } },
	{ step: 'End', at: { patch: 2 } },
	{ step: 'Roll back', at: { patch: 1 }, refused: true },
	{ step: 'Revoke new key', at: { issuer: 'revoke' }, refused: true },
];

/** Where n8n is killed in the short form: each time something was done that the item may not show yet. */
const SHORT_KILLS: ReadonlyArray<readonly [string, boolean]> = [
	['Issue new key', true],
	['Begin', true],
	['Finish', true],
	['Revoke old key', false],
];

/** A kill before and after each step; in the short form only where it is most useful. */
export function killCells(isLong: boolean): Array<readonly [CrashPoint, Crash]> {
	const all = CRASH_POINTS.flatMap((point) => KILLS.map((crash) => [point, crash] as const));
	return all.filter(([{ step }, { acted }]) => isLong || SHORT_KILLS.some(([name, after]) => name === step && after === acted));
}

const ITEM_ROUTE = '/v1/vaults/{vaultUuid}/items/{itemUuid}';

export interface CrashTargets {
	readonly n8n: RunningN8n;
	readonly connect: ConnectEmulator;
	/** Fed by the emulator's `onAnswer`. */
	readonly answers: Set<(request: RecordedRequest) => void>;
	readonly issuer?: KeyIssuer;
}

export interface ArmedCrash {
	/** Whether the crash has happened. */
	hasHit(): boolean;
	/** Removes what is still set, and waits for a running kill. */
	disarm(): Promise<void>;
}

/** Makes the next run crash at that point. */
export function armCrash(targets: CrashTargets, { at }: Pick<CrashPoint, 'at'>, crash: Crash): ArmedCrash {
	if ('issuer' in at) return armIssuer(targets, at.issuer, crash);
	const match: FaultMatch = { method: 'patch' in at ? 'PATCH' : 'GET', route: ITEM_ROUTE };
	const skip = 'patch' in at ? at.patch : 0;
	return crash.kills && crash.acted ? armAnswer(targets, match, skip) : armFault(targets, match, skip, crash);
}

function armIssuer({ n8n, issuer }: CrashTargets, wanted: IssuerCall, { kills, acted }: Crash): ArmedCrash {
	if (!issuer) throw new Error('There is no issuer in this scene');
	let hit = false;
	issuer.intercept = async (call: string, moment: IssuerMoment) => {
		if (hit || call !== wanted || moment !== (acted ? 'after' : 'before')) return undefined;
		hit = true;
		if (kills) await n8n.kill();
		return 'cut';
	};
	return {
		hasHit: () => hit,
		disarm: async () => await Promise.resolve(void (issuer.intercept = undefined)),
	};
}

function armFault({ n8n, connect }: CrashTargets, match: FaultMatch, skip: number, { kills, acted }: Crash): ArmedCrash {
	connect.faults.script(kills ? { kind: 'hang', match, skip } : { kind: 'resetBeforeHeaders', act: acted, match, skip });
	const hasHit = (): boolean => connect.faults.pending === 0;
	let isOver = false;
	const killing = async (): Promise<void> => {
		while (!hasHit() && !isOver) await delay(5);
		if (!isOver) await n8n.kill();
	};
	const killed = kills ? killing() : Promise.resolve();
	let wasHit = false;
	return {
		hasHit: () => wasHit || hasHit(),
		async disarm() {
			wasHit = hasHit();
			isOver ||= !wasHit;
			await killed;
			connect.faults.clear();
		},
	};
}

/** The signal is sent in the moment in which the answer is on its way. */
function armAnswer({ n8n, answers }: CrashTargets, match: FaultMatch, skip: number): ArmedCrash {
	let toSkip = skip;
	let killed: Promise<void> | undefined;
	const watch = ({ method, route }: RecordedRequest): void => {
		if (killed || method !== match.method || route !== match.route) return;
		if (toSkip-- === 0) killed = n8n.kill();
	};
	answers.add(watch);
	return {
		hasHit: () => killed !== undefined,
		async disarm() {
			answers.delete(watch);
			await killed;
		},
	};
}
