/**
 * Where the state is kept. n8n keys a node's static data by the node's name, so that renaming it would lose the state and
 * every change since the last poll; the workflow's own static data does not have this problem. Pollers of n8n's durable
 * scheduler commit the node's static data together with the execution, and only that.
 */

import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { parseState, type PollState } from './pollState';
import { rememberedState, rememberState } from './processState';

/** Milliseconds: what n8n gives a poll that it does not run on its durable scheduler. */
const LEGACY_BUDGET_MS = 300_000;

const NODE_KEY = 'onePasswordTrigger';

/** @returns whether n8n commits the state and the execution it starts in one transaction. */
export function isDurable(context: IPollFunctions): boolean {
	return pollBudgetMs(context) < LEGACY_BUDGET_MS;
}

/** @returns milliseconds that n8n gives a poll; releases that set no limit count as the longest. */
export function pollBudgetMs(context: IPollFunctions): number {
	return context.getPollBudgetMs?.() ?? LEGACY_BUDGET_MS;
}

/**
 * @param key of the node.
 * @returns the newest copy: they differ after the scheduler was switched, and where another execution has replaced the
 * workflow's static data, this process still knows what it has stored.
 */
export function loadState(context: IPollFunctions, key: string): PollState | undefined {
	const copies = [
		parseState(context.getWorkflowStaticData('node')[NODE_KEY]),
		parseState(context.getWorkflowStaticData('global')[globalKey(context)]),
		isDurable(context) ? undefined : rememberedState(key),
	];
	return copies.reduce((newest, copy) => (copy && copy.serial > (newest?.serial ?? -1) ? copy : newest), undefined);
}

/**
 * To be called as the last step of a poll: n8n keeps what a failing poll has stored.
 * @param key of the node, where its events are sure to be handed over; n8n may throw away what a poll returns.
 * @returns its serial number.
 */
export function storeState(context: IPollFunctions, state: PollState, key?: string): number {
	const serial = state.serial + 1;
	const stored = { ...state, serial };
	if (isDurable(context)) context.getWorkflowStaticData('node')[NODE_KEY] = stored as unknown as IDataObject;
	else {
		context.getWorkflowStaticData('global')[globalKey(context)] = stored as unknown as IDataObject;
		if (key !== undefined) rememberState(key, stored);
	}
	return serial;
}

function globalKey(context: IPollFunctions): string {
	return `${NODE_KEY}:${context.getNode().id}`;
}
