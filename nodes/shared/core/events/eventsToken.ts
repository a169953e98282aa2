/**
 * What an Events API token says about itself. It is decoded but not verified, which is the server's job. Here it only
 * decides which server on a fixed list receives the token. No error contains the token or a part of it.
 */

import { EVENTS_FEEDS, FEATURE_OF_FEED, type EventsFeed } from './eventsFeed';
import { isObject, type JsonObject } from '../json';
import { invalidInput, type OnePasswordError } from '../errors/onePasswordError';

/** 1Password's servers; a token is never sent to any other. */
export const EVENTS_HOSTS = ['events.1password.com', 'events.1password.ca', 'events.1password.eu', 'events.ent.1password.com'] as const;

export type EventsHost = (typeof EVENTS_HOSTS)[number];

export interface EventsTokenClaims {
	/** `undefined` for an old token that doesn't name a server. */
	readonly host?: EventsHost;
	/** The feeds it may read; `undefined` if the token doesn't say. */
	readonly feeds?: readonly EventsFeed[];
	/** Milliseconds since the epoch; `undefined` = never. */
	readonly expiresAt?: number;
}

const OLD_AUDIENCE = 'com.1password.streamingservice';

const CONNECT_AUDIENCE = 'com.1password.connect';

const TOKEN = /^[\w-]+\.([\w-]+)\.[\w-]+$/;

/** Node.js limits all headers to 16 KiB in total. */
const MAX_TOKEN_CHARACTERS = 8_192;

const FEATURES_CLAIM = '1password.com/fts';

/**
 * @param token without spaces around it.
 * @throws OnePasswordError INVALID_INPUT if it is not an Events API token, or names a server that is not on the list.
 */
export function parseEventsToken(token: string): EventsTokenClaims {
	const claims = decodeClaims(token);
	if (claims === undefined) throw refuseToken('is empty, incomplete, or not an Events API token');
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

/** The first entry of `aud` counts, as in 1Password's own clients: a host, with or without https. */
function hostOf(audience: unknown): EventsHost | undefined {
	const first: unknown = Array.isArray(audience) ? audience[0] : audience;
	if (first === OLD_AUDIENCE) return undefined;
	if (first === CONNECT_AUDIENCE) throw refuseToken('is a Connect server token');
	const host =
		typeof first === 'string'
			? first
					.toLowerCase()
					.replace(/^https:\/\//, '')
					.replace(/\/$/, '')
			: undefined;
	if (isEventsHost(host)) return host;
	throw invalidInput(
		`The credential's 'Bearer Token' does not name a known Events API server, so it was not sent anywhere.`,
		`1Password tokens name one of ${EVENTS_HOSTS.join(', ')}: copy the token from the Events Reporting integration again.`,
	);
}

function feedsOf(features: unknown): EventsFeed[] | undefined {
	if (!Array.isArray(features)) return undefined;
	return EVENTS_FEEDS.filter((feed) => features.includes(FEATURE_OF_FEED[feed]));
}

/** The largest value that a Date supports. */
const MAX_SECONDS = 8.64e12;

function isTime(seconds: unknown): seconds is number {
	return typeof seconds === 'number' && Math.abs(seconds) <= MAX_SECONDS;
}

function refuseToken(why: string): OnePasswordError {
	return invalidInput(
		`The credential's 'Bearer Token' ${why}.`,
		'Copy the complete token from an Events Reporting integration in 1Password Business.',
	);
}
