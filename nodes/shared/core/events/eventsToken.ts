/**
 * What a token of the Events API says of itself. It is read and not verified: the server does that, and the only thing
 * that depends on it here is to which server of a fixed list the token goes. No error holds the token or a part of it.
 */

import { EVENTS_FEEDS, FEATURE_OF_FEED, type EventsFeed } from './eventsFeed';
import { isObject, type JsonObject } from '../json';
import { invalidInput, type OnePasswordError } from '../errors/onePasswordError';

/** The servers of 1Password; a token goes to no other. */
export const EVENTS_HOSTS = ['events.1password.com', 'events.1password.ca', 'events.1password.eu', 'events.ent.1password.com'] as const;

export type EventsHost = (typeof EVENTS_HOSTS)[number];

export interface EventsTokenClaims {
	/** `undefined` for a token from before servers were written into tokens. */
	readonly host?: EventsHost;
	/** The feeds it may read; `undefined` where it does not say so. */
	readonly feeds?: readonly EventsFeed[];
	/** Milliseconds since the epoch; `undefined` = never. */
	readonly expiresAt?: number;
}

const OLD_AUDIENCE = 'com.1password.streamingservice';

const CONNECT_AUDIENCE = 'com.1password.connect';

const TOKEN = /^[\w-]+\.([\w-]+)\.[\w-]+$/;

/** A header of Node.js holds 16 KiB in all. */
const MAX_TOKEN_CHARACTERS = 8_192;

const FEATURES_CLAIM = '1password.com/fts';

/**
 * @param token without spaces around it.
 * @throws OnePasswordError INVALID_INPUT for what is no such token, or one that belongs to a server that is not on the list.
 */
export function parseEventsToken(token: string): EventsTokenClaims {
	const claims = decodeClaims(token);
	if (claims === undefined) throw refuseToken('is empty, incomplete or no token of the Events API');
	const host = hostOf(claims.aud);
	const feeds = feedsOf(claims[FEATURES_CLAIM]);
	return {
		...(host !== undefined && { host }),
		...(feeds && { feeds }),
		...(isTime(claims.exp) && { expiresAt: claims.exp * 1000 }),
	};
}

export function isEventsHost(text: unknown): text is EventsHost {
	return EVENTS_HOSTS.some((host) => host === text);
}

function decodeClaims(token: string): JsonObject | undefined {
	const part = token.length <= MAX_TOKEN_CHARACTERS ? TOKEN.exec(token)?.[1] : undefined;
	if (part === undefined) return undefined;
	try {
		const claims = JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as unknown;
		return isObject(claims) ? claims : undefined;
	} catch {
		return undefined;
	}
}

/** The first entry of `aud` counts, as for 1Password's own clients: a host, with or without https. */
function hostOf(audience: unknown): EventsHost | undefined {
	const first: unknown = Array.isArray(audience) ? audience[0] : audience;
	if (first === OLD_AUDIENCE) return undefined;
	if (first === CONNECT_AUDIENCE) throw refuseToken('is one of a Connect server');
	const host =
		typeof first === 'string'
			? first
					.toLowerCase()
					.replace(/^https:\/\//, '')
					.replace(/\/$/, '')
			: undefined;
	if (isEventsHost(host)) return host;
	throw invalidInput(
		`The 'Bearer Token' of the credential names no server of the Events API that is known, and is sent nowhere.`,
		`Tokens of 1Password name one of ${EVENTS_HOSTS.join(', ')}: copy yours from the Events Reporting integration again.`,
	);
}

function feedsOf(features: unknown): EventsFeed[] | undefined {
	if (!Array.isArray(features)) return undefined;
	return EVENTS_FEEDS.filter((feed) => features.includes(FEATURE_OF_FEED[feed]));
}

/** A date holds no more. */
const MAX_SECONDS = 8.64e12;

function isTime(seconds: unknown): seconds is number {
	return typeof seconds === 'number' && Math.abs(seconds) <= MAX_SECONDS;
}

function refuseToken(why: string): OnePasswordError {
	return invalidInput(
		`The 'Bearer Token' of the credential ${why}.`,
		'Copy the whole token of an Events Reporting integration of 1Password Business.',
	);
}
