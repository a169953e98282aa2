/** One event of an audit log as one flat row: every column is always there, so that rows go straight into a table. */

export const AUDIT_SOURCES = ['connect', 'events'] as const;

export type AuditSourceName = (typeof AUDIT_SOURCES)[number];

/** Columns in the order of a table. What a source does not know is `null`. */
export interface AuditRow {
	/** Unique in its source: Connect's request id with a code of the row behind it, the uuid of the Events API. */
	readonly eventId: string;
	/** RFC 3339, UTC. */
	readonly timestamp: string;
	/** `connect`: the activity log of a Connect server; `events`: the 1Password Events API. */
	readonly source: AuditSourceName;
	/** `access` of Connect; `itemUsage`, `signInAttempt` or `auditEvent` of the Events API. */
	readonly kind: string;
	/** Connect: READ, CREATE, UPDATE, DELETE; the Events API in its own words, such as `reveal` or `fill`. */
	readonly action: string;
	/** SUCCESS or DENY. */
	readonly result: string;
	readonly vaultId: string | null;
	readonly vaultName: string | null;
	readonly itemId: string | null;
	readonly itemTitle: string | null;
	readonly itemVersion: number | null;
	/** Id (`jti`) of the Connect token that was used. */
	readonly tokenId: string | null;
	readonly tokenName: string | null;
	readonly userId: string | null;
	readonly userName: string | null;
	readonly userEmail: string | null;
	readonly ip: string | null;
	readonly country: string | null;
	readonly userAgent: string | null;
	/** Where the request came from a node of this package. */
	readonly workflowId: string | null;
	readonly executionId: string | null;
	readonly node: string | null;
	/** What the columns above have no place for, as JSON text; never a value of an item. */
	readonly details: string | null;
}
