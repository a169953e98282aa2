/** The Events API as a service. The server's own words are not passed on: they could contain anything. */

import { isObject } from '../core/json';
import { parseJson, statusMessage } from '../http/responseBody';
import type { Service, Verdict } from '../http/service';
import type { HttpRequest, HttpResponse } from '../http/transport';

const LATER = 'Run the node again later: it continues where it stopped.';

const NO_PATH = 'Check that n8n can reach 1Password on the internet, with the proxy it needs.';

export const EVENTS_API: Service = {
	name: 'the 1Password Events API',
	messageOf,
	diagnose,
	silentFailures: {
		refused: { advice: NO_PATH },
		unknownHost: { advice: NO_PATH },
		unreachable: { advice: NO_PATH },
		certificateName: { advice: `Something in between answers. ${NO_PATH}` },
		clientCertificate: { advice: `1Password does not require one, so something in between answers. ${NO_PATH}` },
		tls: { advice: NO_PATH },
		timeout: { advice: LATER },
		closed: { advice: LATER },
		tooLarge: { advice: LATER },
		fromBetween: { advice: 'Check the proxy or firewall that n8n uses to reach the internet; the token may be fine.' },
	},
};

const VERDICTS: Readonly<Record<number, Verdict | undefined>> = {
	400: {
		code: 'INVALID_INPUT',
		message: 'The 1Password Events API refused the request',
		advice: 'Check the times: events are kept for 120 days.',
	},
	401: {
		code: 'AUTH_FAILED',
		message: 'The 1Password Events API refused the token',
		advice: 'Check that the token has not expired or been revoked, and that its Events Reporting integration may read this kind of event.',
	},
	403: {
		code: 'FORBIDDEN',
		message: 'The token may not read this kind of event',
		advice: 'Issue a token that may, and put it into the credential.',
	},
	408: { code: 'UNAVAILABLE', message: 'The 1Password Events API did not answer in time', advice: LATER },
	429: {
		code: 'RATE_LIMITED',
		message: 'The 1Password Events API allows 600 requests a minute and 30,000 an hour for a token, and they are used up',
		advice: `${LATER} Other programs with the same token share the limit.`,
	},
};

/** `{"Error": {"Message": …}}`, or `{status, message}` as older servers send it. */
function messageOf(response: HttpResponse): string | undefined {
	const body = parseJson(response);
	const said = isObject(body) && isObject(body.Error) ? body.Error.Message : undefined;
	return typeof said === 'string' ? said : statusMessage(response);
}

/**
 * A proxy's page with 400 says nothing about the times that were asked for. In any other form a 400 counts as the API's:
 * nobody has published what it answers to an expired cursor, and reading begins again after one.
 */
function diagnose(_request: HttpRequest, { status, body }: HttpResponse): Verdict | undefined {
	if (status === 400 && /^\s*</.test(body.toString('utf8', 0, 100))) return undefined;
	return VERDICTS[status] ?? (status >= 500 ? UNAVAILABLE : undefined);
}

const UNAVAILABLE: Verdict = {
	code: 'UNAVAILABLE',
	message: 'The 1Password Events API could not process the request at the moment',
	advice: LATER,
};
