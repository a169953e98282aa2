/** A poll of the node: parameters in, items out, state stored as the last step. */

import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { readConnectCredential } from '../shared/connect/authenticate';
import { outcomeOf } from '../shared/connect/outcome';
import { fingerprintKey } from '../shared/core/changes/fieldFingerprint';
import { compileFilter } from '../shared/core/changes/itemFilter';
import { OnePasswordError } from '../shared/core/onePasswordError';
import { tokenIdOf } from '../shared/core/tokenId';
import { CONNECT_CREDENTIAL } from '../shared/n8n/connectTransport';
import { EFFECTS } from '../shared/n8n/effects';
import { logFailures } from '../shared/n8n/failureLog';
import { openConnectRun } from '../shared/n8n/openConnectRun';
import { pollParameters } from '../shared/n8n/pollParameters';
import type { ChangeEvent } from './changeEvent';
import { completeEvents, unconfirmedEvents, withBatch } from './delivery';
import { forgetReports, mustReport } from './failureReports';
import { OwnReads } from './ownReads';
import { expectCommit, isCommitPending } from './pendingCommit';
import { poll } from './poll';
import type { PollState } from './pollState';
import { sampleEvents } from './samples';
import { readSettings } from './settings';
import { isDurable, loadState, pollBudgetMs, storeState } from './stateStore';
import type { Watch } from './watch';

/** Share of n8n's budget after which nothing new is started, so that what is under way can end in time. */
const BUDGET_SHARE = 0.7;
const MAX_POLL_MS = 60_000;

/** Nodes that are polling at this moment: n8n starts a poll although the one before has not ended. */
const busy = new Set<string>();

const OWN_READS = new OwnReads(EFFECTS.now);

type Output = INodeExecutionData[][] | null;

/** @throws OnePasswordError */
export async function pollNode(context: IPollFunctions): Promise<Output> {
	if (context.getMode() === 'manual') return toOutput(await sampleEvents(await openWatch(context)));
	const key = `${context.getWorkflow().id ?? ''}:${context.getNode().id}`;
	if (busy.has(key)) return null;
	busy.add(key);
	try {
		return await pollAlone(context, key);
	} finally {
		busy.delete(key);
	}
}

async function pollAlone(context: IPollFunctions, key: string): Promise<Output> {
	const stored = loadState(context);
	if (isDurable(context) && isCommitPending(key, stored, EFFECTS.now())) return null;
	const done = await outcomeOf(attempt(context, stored));
	const failure = done.ok ? done.value.failure : done.error;
	// n8n learns of the first of several equal failures only; the log has each poll that failed.
	await logFailures(context, failure === undefined ? [] : [failure]);
	if (failure === undefined) forgetReports(context, key);
	else if (!done.ok || done.value.output.length === 0) {
		if (mustReport(context, key, failure, stored === undefined)) throw stored ? failure : inOneSentence(failure);
	}
	if (!done.ok) return null;
	const serial = storeState(context, done.value.state);
	if (done.value.output.length > 0) expectCommit(key, serial, EFFECTS.now());
	return toOutput(done.value.output);
}

/** When an activation fails, n8n shows nothing but the message. */
function inOneSentence({ details }: OnePasswordError): OnePasswordError {
	return new OnePasswordError({ ...details, message: `${details.message} ${details.advice}` });
}

interface Attempt {
	readonly output: readonly ChangeEvent[];
	readonly state: PollState;
	readonly failure?: OnePasswordError;
}

async function attempt(context: IPollFunctions, stored: PollState | undefined): Promise<Attempt> {
	const watch = await openWatch(context);
	const { atLeastOnce, maxEvents } = watch.settings;
	const repeated = atLeastOnce ? unconfirmedEvents(stored) : [];
	const { events, state, failure } = await poll(watch, stored, Math.max(0, maxEvents - repeated.length));
	const again = await completeEvents(watch, repeated);
	const keepsBatch = atLeastOnce && !isDurable(context);
	return {
		output: [...again.output, ...events.map(({ event, shown }) => (shown ? { ...event, item: shown } : event))],
		state: withBatch(state, keepsBatch ? [...again.events, ...events.map(({ event }) => event)] : [], again.waiting),
		failure: failure ?? again.failure,
	};
}

async function openWatch(context: IPollFunctions): Promise<Watch> {
	const settings = readSettings(pollParameters(context));
	const run = await openConnectRun(context, { expectMany: true, timeoutMs: settings.timeoutMs });
	const startedAt = run.effects.now();
	const budgetMs = Math.min(MAX_POLL_MS, BUDGET_SHARE * pollBudgetMs(context));
	const watch = {
		run,
		settings,
		nodeName: context.getNode().name,
		ownReads: OWN_READS,
		fits: compileFilter(settings.filter),
		startedAt,
		deadline: startedAt + budgetMs,
	};
	const { token } = readConnectCredential(await context.getCredentials(CONNECT_CREDENTIAL));
	return {
		...watch,
		...(settings.accesses.size > 0 && { tokenId: tokenIdOf(token) }),
		...(settings.detail !== 'versions' && { key: fingerprintKey(token) }),
	};
}

function toOutput(events: readonly ChangeEvent[]): Output {
	return events.length > 0 ? [events.map((event) => ({ json: { ...event } as INodeExecutionData['json'] }))] : null;
}
