/** Writes failures to n8n's log, where operations people look for them: n8n itself logs a message, or nothing at all. */

import type { IExecuteFunctions, IPollFunctions } from 'n8n-workflow';

import { failureLine, type FailurePlace } from '../../core/errors/failureLine';
import { OnePasswordError } from '../../core/errors/onePasswordError';
import { readConnectCredential } from '../../connect/credential/authenticate';
import { readEventsCredential } from '../../eventsApi/eventsCredential';
import { CONNECT_CREDENTIAL, EVENTS_CREDENTIAL } from '../services/credentialNames';
import { codeOf } from './nodeError';

/**
 * Writes one line for each code, however many inputs failed with it: the first failure stands for the others. Where the node
 * goes on after a failure, the line is a warning.
 */
export async function logFailures(context: IExecuteFunctions | IPollFunctions, errors: readonly unknown[]): Promise<void> {
	const failures = errors.filter((error) => !isCancellation(error));
	if (failures.length === 0) return;
	const isHandled = 'continueOnFail' in context && context.continueOnFail();
	const place = await placeOf(context);
	for (const code of new Set(failures.map(codeOf))) {
		const alike = failures.filter((error) => codeOf(error) === code);
		const { message, metadata } = failureLine(place, { code, error: alike[0], count: alike.length });
		context.logger[isHandled ? 'warn' : 'error'](message, { ...metadata });
	}
}

/** Somebody stopped the execution: nothing has failed. */
function isCancellation(error: unknown): boolean {
	return error instanceof OnePasswordError && error.details.cancelled === true;
}

async function placeOf(context: IExecuteFunctions | IPollFunctions): Promise<FailurePlace> {
	return {
		host: await hostOf(context),
		workflowId: context.getWorkflow().id,
		...('getExecutionId' in context && { executionId: context.getExecutionId() }),
		node: context.getNode().name,
	};
}

const READERS = {
	[CONNECT_CREDENTIAL]: (data: object) => readConnectCredential(data).server,
	[EVENTS_CREDENTIAL]: (data: object) => readEventsCredential(data).server,
};

/** n8n gives a node only the credential of the service that is chosen in it. */
async function hostOf(context: IExecuteFunctions | IPollFunctions): Promise<string | undefined> {
	for (const [type, serverOf] of Object.entries(READERS)) {
		try {
			return new URL(serverOf(await context.getCredentials(type))).host;
		} catch {
			// Not this one; or it is missing or not usable, which then is what failed.
		}
	}
	return undefined;
}
