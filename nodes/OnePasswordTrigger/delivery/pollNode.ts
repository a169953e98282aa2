/** A poll of the node: parameters in, events handed over, state stored just before. */

import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { outcomeOf } from '../../shared/async/outcome';
import { OnePasswordError } from '../../shared/core/errors/onePasswordError';
import { EFFECTS } from '../../shared/n8n/process/effects';
import { BUSY_POLLS } from '../../shared/n8n/process/processState';
import { logFailures } from '../../shared/n8n/errors/failureLog';
import { attempt, type Attempt } from './attempt';
import { canConfirm, handOver, saveByEmptyRun, toItems } from './handOver';
import { mustSaveAgain } from './replacedState';
import { warnOfLostBatches } from './warnings';
import { forgetReports, mustReport } from '../poll/failureReports';
import { openWatch } from '../watch/openWatch';
import { expectCommit, isCommitPending } from '../state/pendingCommit';
import { sampleEvents } from './samples';
import { isDurable, loadState, storeState } from '../state/stateStore';

type Output = INodeExecutionData[][] | null;

/** @throws OnePasswordError */
export async function pollNode(context: IPollFunctions): Promise<Output> {
	if (context.getMode() === 'manual') return [toItems(await sampleEvents(await openWatch(context)))];
	const key = `${context.getWorkflow().id ?? ''}:${context.getNode().id}`;
	if (BUSY_POLLS.has(key)) return null;
	BUSY_POLLS.add(key);
	try {
		return await pollAlone(context, key);
	} finally {
		BUSY_POLLS.delete(key);
	}
}

async function pollAlone(context: IPollFunctions, key: string): Promise<Output> {
	const stored = loadState(context, key);
	if (isDurable(context) && isCommitPending(key, stored, EFFECTS.now())) return null;
	const done = await outcomeOf(attempt(context, key, stored));
	const failure = done.ok ? done.value.failure : done.error;
	// n8n learns of the first of several equal failures only; the log has each poll that failed.
	await logFailures(context, failure === undefined ? [] : [failure]);
	if (failure === undefined) forgetReports(context, key);
	else if (!done.ok || done.value.handOvers.length === 0) {
		if (mustReport(context, key, failure, stored === undefined)) throw stored ? failure : inOneSentence(failure);
	}
	return done.ok ? deliver(context, key, done.value) : null;
}

/** When an activation fails, n8n shows nothing but the message. */
function inOneSentence({ details }: OnePasswordError): OnePasswordError {
	return new OnePasswordError({ ...details, message: `${details.message} ${details.advice}` });
}

function deliver(context: IPollFunctions, key: string, done: Attempt): Output {
	const { handOvers, watch } = done;
	warnOfLostBatches(context, done);
	const isHandedOver = watch.settings.atLeastOnce && canConfirm(context);
	const serial = storeState(context, done.state, isHandedOver ? key : undefined);
	if (handOvers.length > 0) expectCommit(key, serial, EFFECTS.now());
	if (!isHandedOver) return handOvers.length > 0 ? [handOvers.flatMap(({ output }) => toItems(output))] : null;
	for (const one of handOvers) handOver(context, one);
	if (handOvers.length === 0 && mustSaveAgain(context, done)) saveByEmptyRun(context);
	return null;
}
