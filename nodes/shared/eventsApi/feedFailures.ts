/** What a failed read of one feed means for the others. */

import { NAME_OF_FEED, type EventsFeed } from '../core/events/eventsFeed';
import { OnePasswordError, type ErrorCode } from '../core/errors/onePasswordError';

/** After these, the rows that were read already are delivered, and the rest is asked for next time. */
const PASSING: ReadonlySet<ErrorCode> = new Set(['RATE_LIMITED', 'UNAVAILABLE', 'NETWORK']);

export function isPassing(error: unknown): boolean {
	return error instanceof OnePasswordError && PASSING.has(error.code) && error.details.cancelled !== true;
}

/** @returns the error that names the feed, where the API refuses what was asked of it: it may have nothing against the others. */
export function refusalOf(error: unknown, feed: EventsFeed): OnePasswordError | undefined {
	if (!(error instanceof OnePasswordError) || error.details.status !== 400 || error.code !== 'INVALID_INPUT') return undefined;
	const advice = `${error.advice} If '${NAME_OF_FEED[feed]}' is always refused, leave it out of 'Event Kinds'.`;
	return new OnePasswordError({ ...error.details, advice });
}
