/** Connect as a service: what a status and a message of the server mean, and what to do about it. */

import { statusMessage } from '../../http/responseBody';
import type { Conflict, Service, Verdict } from '../../http/service';
import type { HttpRequest, HttpResponse, Method } from '../../http/transport';
import { explainKnownText } from './knownText';
import { SERVER_ADDRESS_ADVICE, SILENT_FAILURES } from './silentFailures';

const OUTDATED_READ = 'It may have been deleted or archived, or the server may not have synchronised it yet.';

export const CONNECT: Service = {
	name: 'the Connect server',
	messageOf: statusMessage,
	diagnose,
	isSpurious,
	conflictOf,
	silentFailures: SILENT_FAILURES,
};

/**
 * Connect before 1.8.1 now and then refuses a token that is in scope (1Password/connect#82). A token without the
 * permission for this kind of write gets another text, and no retry.
 */
function isSpurious(status: number, said: string): boolean {
	return status === 403 && /^Authorization\b/.test(said) && !/permission/i.test(said);
}

/** A DELETE that met another writer gets the status of a breakdown. */
function conflictOf(method: Method, status: number): Conflict | undefined {
	if (status === 409) return 'certain';
	return status === 500 && method === 'DELETE' ? 'possible' : undefined;
}

function diagnose(request: HttpRequest, { status }: HttpResponse, said: string | undefined): Verdict | undefined {
	if (status >= 300 && status < 400) {
		return {
			code: 'PROTOCOL',
			message: 'The server redirects to another address, and the access token is not sent there',
			advice: `${SERVER_ADDRESS_ADVICE} Use the final one, with https if the server requires it.`,
		};
	}
	if (status === 404) return judgeMissing(said);
	if (status === 403 || (status === 401 && isOldForbidden(said))) return judgeForbidden(request, said);
	const known = VERDICTS[status];
	if (known) return known;
	if (status >= 500) return UNAVAILABLE;
	if (said === undefined) return undefined;
	const explained = explainKnownText(said);
	return {
		code: 'INVALID_INPUT',
		message: `Connect refused the request${explained === undefined ? '' : `: ${explained}`}`,
		advice: "Check the parameters; the Connect server's log shows what it objects to.",
	};
}

/** Only Connect speaks of vaults, items and files: every other 404 comes from a proxy, or from some other server. */
function judgeMissing(said = ''): Verdict | undefined {
	const what = /^(vault|item|file)\b/i.exec(said)?.[1]?.toLowerCase();
	if (what === undefined) return undefined;
	if (what === 'vault') {
		return {
			code: 'VAULT_NOT_FOUND',
			message: 'The vault was not found in Connect',
			advice: 'Choose the vault from the list, and check that the access token may see it.',
		};
	}
	return {
		code: 'ITEM_NOT_FOUND',
		message: `The ${what} was not found in Connect`,
		advice: `Check the ID, or choose 'By Name' if it is a name. ${OUTDATED_READ}`,
	};
}

/** Servers of 2021 answered 401 to a good token without the right to write. */
function isOldForbidden(said = ''): boolean {
	return /does not have \w+ access/i.test(said);
}

function judgeForbidden({ method }: HttpRequest, said: string | undefined): Verdict {
	const writing = method !== 'GET';
	const permission = said !== undefined && (/permission/i.test(said) || isOldForbidden(said));
	return {
		code: 'FORBIDDEN',
		message: permission
			? `The access token may not ${writing ? 'write' : 'read'} in this vault`
			: 'The access token has no access to this vault, or the vault does not exist',
		advice: `Issue a token that may ${writing ? 'read and write' : 'read'} the vault, and put it into the credential.`,
	};
}

const UNAVAILABLE: Verdict = {
	code: 'UNAVAILABLE',
	message: 'Connect could not process the request at the moment',
	advice: "Run the node again later; check the Connect server's log if the problem persists.",
};

const VERDICTS: Readonly<Record<number, Verdict | undefined>> = {
	401: {
		code: 'AUTH_FAILED',
		message: 'Connect refused the access token',
		advice: 'Check that the token belongs to this Connect server and has not expired or been revoked.',
	},
	408: {
		code: 'UNAVAILABLE',
		message: 'Connect is still synchronising with 1Password.com',
		advice: 'Run the node again in a minute.',
	},
	409: {
		code: 'VERSION_CONFLICT',
		message: 'Other writers kept changing the vault at the same moment',
		advice: 'Nothing was written by this request; run the node again.',
	},
	413: {
		code: 'INVALID_INPUT',
		message: 'The request or the file is too large for the server',
		advice: "Use the operation 'Download' for files; check a proxy's limit for large items.",
	},
	429: {
		code: 'RATE_LIMITED',
		message: 'The server receives more requests than it allows',
		advice: 'Run the node again later, or less often.',
	},
};
