/** What the end of an execution says about the events it was started with. */

import { isObject, toObject } from '../../shared/core/json';

/**
 * `delivered`: n8n has run it, or somebody stopped it. `failed`: a node failed, which n8n shows and its error workflow handles.
 * `lost`: it ended without any node having run, as when its worker was killed. `notStarted`: n8n could not start it.
 */
export type RunResult = 'delivered' | 'failed' | 'lost' | 'notStarted';

export interface RunEnd {
	readonly verdict: RunResult;
	/** Whether a worker ran it. */
	readonly onWorker: boolean;
}

const DELIVERED: ReadonlySet<unknown> = new Set(['success', 'waiting', 'canceled']);

/** @param run the `IRun` that n8n resolves with, if any. */
export function judgeRun(run: unknown): RunEnd {
	if (!isObject(run)) return { verdict: 'lost', onWorker: false };
	const onWorker = run.jobId !== undefined;
	if (DELIVERED.has(run.status)) return { verdict: 'delivered', onWorker };
	const { lastNodeExecuted } = toObject(toObject(run.data).resultData);
	// A worker that dies takes the names of the nodes it has run with it.
	const hasRun = run.status === 'error' && typeof lastNodeExecuted === 'string' && lastNodeExecuted !== '';
	return { verdict: hasRun ? 'failed' : 'lost', onWorker };
}

/** Executions that a person or the workflow's own timeout has stopped are not to be repeated. */
const STOPPED: ReadonlySet<unknown> = new Set(['manual', 'timeout']);

/** @param error what n8n rejects with: the execution was cancelled, never started, or ended before n8n looked for it. */
export function judgeRejection(error: unknown): RunEnd {
	const { reason, extra } = toObject(error);
	if (STOPPED.has(reason)) return { verdict: 'delivered', onWorker: false };
	// An error that names an execution is about one that exists.
	const exists = reason !== undefined || toObject(extra).executionId !== undefined;
	return { verdict: exists ? 'lost' : 'notStarted', onWorker: false };
}
