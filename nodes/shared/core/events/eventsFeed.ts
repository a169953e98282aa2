/** The three feeds of the 1Password Events API. */

/** As in the `kind` column of a row. */
export const EVENTS_FEEDS = ['itemUsage', 'signInAttempt', 'auditEvent'] as const;

export type EventsFeed = (typeof EVENTS_FEEDS)[number];

/** Names of the feeds in the editor. */
export const NAME_OF_FEED: Readonly<Record<EventsFeed, string>> = {
	itemUsage: 'Item Usages',
	signInAttempt: 'Sign-in Attempts',
	auditEvent: 'Audit Events',
};

/** Names of the feeds in tokens and in paths. */
export const FEATURE_OF_FEED: Readonly<Record<EventsFeed, string>> = {
	itemUsage: 'itemusages',
	signInAttempt: 'signinattempts',
	auditEvent: 'auditevents',
};
