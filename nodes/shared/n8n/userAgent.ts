/** The User-Agent by which Connect's activity log tells which workflow made a request. */

/** As in package.json; a test keeps the two equal. */
export const PACKAGE_VERSION = '0.1.0';

export interface Caller {
	readonly workflowId?: string;
	readonly executionId?: string;
	readonly nodeName: string;
}

/** @returns `n8n-nodes-1password-connect/<version> (workflow=…; execution=…; node=…)`, each part percent-encoded. */
export function formatUserAgent({ workflowId, executionId, nodeName }: Caller): string {
	const parts = [
		...(workflowId ? [`workflow=${encode(workflowId)}`] : []),
		...(executionId ? [`execution=${encode(executionId)}`] : []),
		`node=${encode(nodeName)}`,
	];
	return `n8n-nodes-1password-connect/${PACKAGE_VERSION} (${parts.join('; ')})`;
}

/** Parentheses would end the comment of the header; half a character pair can't be encoded. */
function encode(text: string): string {
	return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '')).replace(
		/[()']/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}
