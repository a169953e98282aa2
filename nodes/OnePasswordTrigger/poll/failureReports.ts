/** One report for one failure: a server that is down for a day must not leave a failed execution for each minute of it. */

import type { IPollFunctions } from 'n8n-workflow';

import type { ErrorCode, OnePasswordError } from '../../shared/core/errors/onePasswordError';
import { FAILURE_REPORTS, POLLED_ACTIVATIONS } from '../../shared/n8n/process/processState';
import { OUTAGES } from './outage';
import { isDurable } from '../state/stateStore';

/** Activations that n8n makes by itself: where they fail, the workflow would stay inactive after the server is back. */
const AUTOMATIC: ReadonlySet<string> = new Set(['init', 'leadershipChange']);

/** @returns whether to throw: the same failure is reported once, and not in the middle of n8n's own start. */
export function mustReport(context: IPollFunctions, key: string, { code }: OnePasswordError, isFirstRun: boolean): boolean {
	const isFirstPoll = !POLLED_ACTIVATIONS.has(context);
	POLLED_ACTIVATIONS.add(context);
	if (isFirstRun) return true;
	if (isFirstPoll && isAccepted(context, code)) return false;
	const known = FAILURE_REPORTS.get(key);
	// A new activation reports it again; but the durable scheduler makes a new context for each poll.
	const isKnown = known?.code === code && (known.activation === context || isDurable(context));
	FAILURE_REPORTS.set(key, { code, activation: context });
	return !isKnown;
}

/**
 * An outage does not keep a workflow from being published again: what changed meanwhile is reported when the server is back.
 * The durable scheduler makes a new context for each poll, so there only what n8n activates by itself is known.
 */
function isAccepted(context: IPollFunctions, code: ErrorCode): boolean {
	return AUTOMATIC.has(context.getActivationMode()) || (OUTAGES.has(code) && !isDurable(context));
}

/** To be called when a poll went well. */
export function forgetReports(context: IPollFunctions, key: string): void {
	POLLED_ACTIVATIONS.add(context);
	FAILURE_REPORTS.delete(key);
}
