/** Opens the 1Password Events API of a node's credential as a source of audit rows. */

import type { AuditSource } from '../../core/audit/auditSource';
import { EVENTS_FEEDS, type EventsFeed } from '../../core/events/eventsFeed';
import { OnePasswordError, invalidInput } from '../../core/errors/onePasswordError';
import { EventsClient } from '../../eventsApi/eventsClient';
import { readEventsCredential, requireValidity } from '../../eventsApi/eventsCredential';
import type { EventsCursor } from '../../eventsApi/eventsCursor';
import { EventsSource } from '../../eventsApi/eventsSource';
import { EFFECTS } from '../process/effects';
import { makeAuthenticatedTransport, type NodeContext } from './authenticatedTransport';
import { EVENTS_CREDENTIAL } from './credentialNames';
import { DEFAULT_TIMEOUT_MS } from './httpTransport';
import { PACKAGE } from './userAgent';

export interface OpenEventsOptions {
	/** Default: every feed that the token may read. */
	readonly feeds?: readonly EventsFeed[];
	/** Whether to deliver audit events that nobody caused, too. Default false. */
	readonly withNoise?: boolean;
	/** Milliseconds until a request without a complete answer fails; default 30,000. */
	readonly timeoutMs?: number;
}

/**
 * Sends nothing yet.
 * @throws OnePasswordError INVALID_INPUT, AUTH_FAILED or FORBIDDEN for a token that leads to no known server of 1Password,
 * has expired, or may not read a chosen feed.
 */
export async function openEventsSource(
	context: NodeContext,
	{ feeds, withNoise = false, timeoutMs = DEFAULT_TIMEOUT_MS }: OpenEventsOptions = {},
): Promise<AuditSource<EventsCursor>> {
	const credential = readEventsCredential(await context.getCredentials(EVENTS_CREDENTIAL));
	requireValidity(credential, EFFECTS.now());
	const chosen = chooseFeeds(feeds, credential.feeds ?? EVENTS_FEEDS);
	// 1Password learns of no workflow: its log has no place for it.
	const transport = makeAuthenticatedTransport(context, EVENTS_CREDENTIAL, { serverUrl: credential.server, userAgent: PACKAGE, timeoutMs });
	return new EventsSource(new EventsClient(transport, EFFECTS), { feeds: chosen, withNoise, now: EFFECTS.now });
}

const NAMES: Readonly<Record<EventsFeed, string>> = {
	itemUsage: 'item usages',
	signInAttempt: 'sign-in attempts',
	auditEvent: 'audit events',
};

function chooseFeeds(wanted: readonly EventsFeed[] | undefined, readable: readonly EventsFeed[]): readonly EventsFeed[] {
	const chosen = wanted ?? readable;
	const missing = chosen.filter((feed) => !readable.includes(feed));
	if (missing.length > 0 || readable.length === 0) {
		const what = missing.length > 0 ? missing.map((feed) => NAMES[feed]).join(' and ') : 'any events';
		throw new OnePasswordError({
			code: 'FORBIDDEN',
			message: `The token of the Events API may not read ${what}.`,
			advice: 'Choose other events, or issue a token whose Events Reporting integration includes them.',
		});
	}
	if (chosen.length === 0) throw invalidInput('No kind of event is chosen.', 'Choose at least one.');
	return chosen;
}
