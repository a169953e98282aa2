import type { RuleRow } from './rule';

/** @returns what a client is called across its releases and executions: the workflow, or the products of its User-Agent. */
export function clientOf({ workflowId, userAgent, userId }: RuleRow): string {
	if (workflowId !== null) return `workflow ${workflowId}`;
	return userAgent?.replace(/\/[^\s;()]+/g, '') ?? userId ?? 'unknown';
}

/** @returns whose first request it is, in words. */
export function whoseOf({ tokenId }: RuleRow): string {
	return tokenId === null ? 'by this user' : 'with this token';
}

/** The token is vouched for by the server, the rest is what the client says of itself. */
export function callerOf(row: RuleRow): readonly [string, string] {
	return [row.tokenId ?? row.userId ?? '', clientOf(row)];
}
