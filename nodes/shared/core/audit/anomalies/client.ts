import type { RuleRow } from './ruleRow';

/** @returns the names of the products of a User-Agent, without versions and comments; they stay the same across releases. */
export function productsOf(userAgent: string): string {
	const names = userAgent.replace(/\([^()]*(?:\)|$)/g, ' ').replace(/\/\S*/g, '');
	return names.trim().replace(/\s+/g, ' ') || userAgent;
}

/** @returns what a client calls itself, across its releases and executions; `undefined` where it tells nothing. */
export function nameOf({ workflowId, userAgent }: RuleRow): string | undefined {
	if (workflowId !== null) return `workflow ${workflowId}`;
	return userAgent === null ? undefined : productsOf(userAgent);
}

/** @returns whose request it is, in words. */
export function whoseOf({ tokenId }: RuleRow): string {
	return tokenId === null ? 'by this user' : 'with this token';
}

/** @returns the token or the person, which the server vouches for. */
export function whoOf({ tokenId, userId }: RuleRow): string {
	return tokenId ?? userId ?? '';
}

/** Who it is, and what the client says of itself. */
export function callerOf(row: RuleRow): readonly [string, string] {
	return [whoOf(row), nameOf(row) ?? ''];
}

/** A node of this package as its requests show in the log. */
export interface Requester {
	readonly workflowId: string;
	readonly node: string;
	readonly tokenId: string;
}

/** A User-Agent is self-declared: without the token it proves nothing. */
export function isRequestOf({ workflowId, node, tokenId }: RuleRow, requester: Requester | undefined): boolean {
	return requester?.tokenId === tokenId && requester.workflowId === workflowId && requester.node === node;
}
