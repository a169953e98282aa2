/** What n8n's log says of a trigger in trouble: codes and numbers, no value. */

import type { IPollFunctions } from 'n8n-workflow';

import type { Attempt } from './attempt';
import type { Batch } from '../state/batch';

export function warnOfLostBatches(context: IPollFunctions, { repeated, sorted: { givenUp } }: Pick<Attempt, 'repeated' | 'sorted'>): void {
	if (repeated.length > 0) warn(context, '1Password Trigger: events are handed over again', counts(repeated));
	if (givenUp.length > 0) warn(context, '1Password Trigger: gave up on events, as every execution of them was lost', counts(givenUp));
}

function counts(batches: readonly Batch[]): object {
	return { batches: batches.length, events: batches.reduce((sum, { events }) => sum + events.length, 0) };
}

function warn(context: IPollFunctions, message: string, facts: object): void {
	context.logger.warn(message, { ...facts, workflowId: context.getWorkflow().id, nodeName: context.getNode().name });
}
