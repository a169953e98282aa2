/** What a status and a message of the server mean, and what to do about it. */

import type { ErrorDetails } from '../../core/errors/onePasswordError';
import { explainKnownText } from './knownText';
import type { ConnectRequest } from '../../http/transport';

export type Verdict = Pick<ErrorDetails, 'code' | 'message' | 'advice'>;

const URL_ADVICE = "Check the 'Server URL' of the credential: it is the address of the Connect API server itself.";

const OUTDATED_READ = 'It may have been deleted or archived, or the server may not have synchronised it yet.';

export const NOT_CONNECT: Verdict = {
	code: 'PROTOCOL',
	message: 'The server did not answer as 1Password Connect does',
	advice: `${URL_ADVICE} A proxy's own page looks like this too.`,
};

export const FROM_BETWEEN: Verdict = {
	code: 'UNAVAILABLE',
	message: 'Something between n8n and the Connect server answered in its place',
	advice:
		"Check the login proxy, firewall, or gateway in front of the Connect server, and that the server behind it is running. If a proxy requires credentials of its own, put them into 'Extra Headers' of the credential.",
};

export function judge(request: ConnectRequest, status: number, said: string | undefined): Verdict {
	if (status >= 300 && status < 400) {
		return {
			code: 'PROTOCOL',
			message: 'The server redirects to another address, and the access token is not sent there',
			advice: `${URL_ADVICE} Use the final one, with https where the server wants it.`,
		};
	}
	if (status === 404) return judgeMissing(said);
	if (status === 403 || (status === 401 && isOldForbidden(said))) return judgeForbidden(request, said);
	const known = VERDICTS[status];
	if (known) return known;
	if (status >= 500) return UNAVAILABLE;
	if (said === undefined) return NOT_CONNECT;
	const explained = explainKnownText(said);
	return {
		code: 'INVALID_INPUT',
		message: `Connect refused the request${explained === undefined ? '' : `: ${explained}`}`,
		advice: "Check the parameters; the Connect server's log says what it objects to.",
	};
}

/** Only Connect speaks of vaults, items and files: every other 404 comes from a proxy, or from some other server. */
function judgeMissing(said = ''): Verdict {
	const what = /^(vault|item|file)\b/i.exec(said)?.[1]?.toLowerCase();
	if (what === undefined) return NOT_CONNECT;
	if (what === 'vault') {
		return {
			code: 'VAULT_NOT_FOUND',
			message: 'Connect knows no such vault',
			advice: 'Choose the vault from the list, and check that the access token may see it.',
		};
	}
	return {
		code: 'ITEM_NOT_FOUND',
		message: `Connect knows no such ${what}`,
		advice: `Check the id, or choose 'By Name' if it is a name. ${OUTDATED_READ}`,
	};
}

/** Servers of 2021 answered 401 to a good token without the right to write. */
function isOldForbidden(said = ''): boolean {
	return /does not have \w+ access/i.test(said);
}

function judgeForbidden({ method }: ConnectRequest, said: string | undefined): Verdict {
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
	advice: "Run the node again later; look into the Connect server's log if it stays like this.",
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
