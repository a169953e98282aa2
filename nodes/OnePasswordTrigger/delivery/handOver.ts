/**
 * Hands batches over to n8n. Newer releases take a promise with them and settle it when the execution ends; a poll then
 * returns nothing. In older ones that promise could end the process of n8n, so there the batch is what the poll returns.
 */

import type { INodeExecutionData, IPollFunctions, IRun } from 'n8n-workflow';

import type { ChangeEvent } from '../events/changeEvent';
import { noteEnd } from '../state/processState';
import { judgeRejection, judgeRun } from '../state/runEnd';

export interface HandOver {
	readonly batchId: number;
	/** What leaves the node. */
	readonly output: readonly ChangeEvent[];
}

/** @returns whether n8n tells how an execution ends; known by what came with the same release. */
export function canConfirm(context: IPollFunctions): boolean {
	const { getPollBudgetMs, __emit: emit, helpers } = context as Partial<IPollFunctions>;
	return [getPollBudgetMs, emit, helpers?.createDeferredPromise].every((member) => typeof member === 'function');
}

/** To be called with the state stored: handing over saves it. */
export function handOver(context: IPollFunctions, { batchId, output }: HandOver): void {
	const done = context.helpers.createDeferredPromise<IRun | undefined>();
	done.promise.then(
		(run: unknown) => noteEnd(batchId, judgeRun(run)),
		(error: unknown) => noteEnd(batchId, judgeRejection(error)),
	);
	try {
		context.__emit([toItems(output)], undefined, done);
	} catch (error) {
		// The next poll hands it over again.
		noteEnd(batchId, judgeRejection(error));
	}
}

/** Saves the state by an execution without items, in which no node does anything. */
export function saveByEmptyRun(context: IPollFunctions): void {
	context.__emit([[]]);
}

export function toItems(events: readonly ChangeEvent[]): INodeExecutionData[] {
	return events.map((event) => ({ json: { ...event } as INodeExecutionData['json'] }));
}
