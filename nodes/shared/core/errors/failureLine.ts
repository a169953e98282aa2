/** The line that a failure leaves in n8n's log. It names where and what, never a value. */

import { OnePasswordError, logCodeOf, type UNEXPECTED, type ErrorCode } from './onePasswordError';

/** Where it failed, as far as that is known. */
export interface FailurePlace {
	/** Host and port of the server of the credential. */
	readonly host?: string;
	readonly workflowId?: string;
	readonly executionId?: string;
	readonly node?: string;
	/** Type of the credential, where it is not a node that failed. */
	readonly credential?: string;
}

export interface FailureLine {
	/** Holds everything, since n8n's text format shows nothing else. */
	readonly message: string;
	/** The same as members, for n8n's JSON format. */
	readonly metadata: Readonly<Record<string, string | number>>;
}

/** @param count inputs that failed in this way. @param suppressed such lines that were left out before this one. */
export function failureLine(
	place: FailurePlace,
	{ code, error, count = 1, suppressed = 0 }: { code: ErrorCode | typeof UNEXPECTED; error: unknown; count?: number; suppressed?: number },
): FailureLine {
	const details = error instanceof OnePasswordError ? error.details : undefined;
	const metadata = withoutEmpty({
		host: place.host,
		workflowId: place.workflowId,
		executionId: place.executionId,
		node: place.node,
		credential: place.credential,
		route: details?.route,
		status: details?.status,
		reference: details?.reference,
		attempts: details?.attempts,
		count: count > 1 ? count : undefined,
		suppressed: suppressed > 0 ? suppressed : undefined,
	});
	const facts = Object.entries(metadata).map(([name, value]) => `${name}=${quoted(value)}`);
	const logCode = logCodeOf(code);
	return { message: ['1Password request failed', `[${logCode}]`, ...facts].join(' '), metadata: { code: logCode, ...metadata } };
}

function withoutEmpty(facts: Readonly<Record<string, string | number | undefined>>): Record<string, string | number> {
	const known = Object.entries(facts).filter(([, value]) => value !== undefined && value !== '');
	return Object.fromEntries(known) as Record<string, string | number>;
}

/** A line stays one line, whatever somebody calls a node. */
function quoted(value: string | number): string {
	const text = String(value);
	return /^[\w.:[\]-]+$/.test(text) ? text : JSON.stringify(text);
}
