/** The line that a failure writes to n8n's log. It says where and what, never a value. */

import { OnePasswordError, logCodeOf, type UNEXPECTED, type ErrorCode } from './onePasswordError';

/** Where it failed, as far as known. */
export interface FailurePlace {
	/** Host and port of the credential's server. */
	readonly host?: string;
	readonly workflowId?: string;
	readonly executionId?: string;
	readonly node?: string;
	/** Type of the credential, if a credential failed rather than a node. */
	readonly credential?: string;
}

export interface FailureLine {
	/** Contains everything, because n8n's text format shows nothing else. */
	readonly message: string;
	/** The same values as properties, for n8n's JSON format. */
	readonly metadata: Readonly<Record<string, string | number>>;
}

/** @param count number of inputs that failed this way. @param suppressed number of such lines left out before this one. */
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

/** Keeps the line on one line even if a node's name contains a line break. */
function quoted(value: string | number): string {
	const text = String(value);
	return /^[\w.:[\]-]+$/.test(text) ? text : JSON.stringify(text);
}
