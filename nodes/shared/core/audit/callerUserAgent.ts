/** The inverse of the User-Agent that the nodes of this package send: which workflow, execution and node asked. */

export interface CallerParts {
	readonly workflowId: string | null;
	readonly executionId: string | null;
	readonly node: string | null;
}

const OURS = /^n8n-nodes-1password-connect\/[\w.+-]+ \(([^()]*)\)$/;

const NOBODY: CallerParts = { workflowId: null, executionId: null, node: null };

/** @returns what the User-Agent tells; nothing for other clients. It is self-declared: only the token is vouched for. */
export function parseCallerUserAgent(userAgent: string | null | undefined): CallerParts {
	const comment = OURS.exec(userAgent ?? '')?.[1];
	if (comment === undefined) return NOBODY;
	const parts = new Map(
		comment.split('; ').map((part): [string, string | null] => {
			const [name = '', ...value] = part.split('=');
			return [name, decode(value.join('='))];
		}),
	);
	return {
		workflowId: parts.get('workflow') ?? null,
		executionId: parts.get('execution') ?? null,
		node: parts.get('node') ?? null,
	};
}

function decode(text: string): string | null {
	try {
		return decodeURIComponent(text) || null;
	} catch {
		return null;
	}
}
