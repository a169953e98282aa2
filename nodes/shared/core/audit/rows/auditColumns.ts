import type { AuditRow } from './auditRow';

/** Every column, in the order of a table; the compiler keeps it complete. */
const COLUMNS: Readonly<Record<keyof AuditRow, true>> = {
	eventId: true,
	timestamp: true,
	source: true,
	kind: true,
	action: true,
	result: true,
	vaultId: true,
	vaultName: true,
	itemId: true,
	itemTitle: true,
	itemVersion: true,
	tokenId: true,
	tokenName: true,
	userId: true,
	userName: true,
	userEmail: true,
	ip: true,
	country: true,
	userAgent: true,
	workflowId: true,
	executionId: true,
	node: true,
	details: true,
};

export const AUDIT_COLUMNS = Object.keys(COLUMNS) as ReadonlyArray<keyof AuditRow>;
