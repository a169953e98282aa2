/** Part of the User-Agent that the nodes of this package send: which workflow, execution and node asked. */

import { isFitText } from './logText';

export interface CallerParts {
	readonly workflowId: string | null;
	readonly executionId: string | null;
	readonly node: string | null;
}

const OURS = /^n8n-nodes-1password-connect\/[\w.+-]+ \(([^()]*)\)$/;

const NOBODY: CallerParts = { workflowId: null, executionId: null, node: null };

/** Parentheses would end the comment of the header; half a character pair can't be encoded. */
export function encodeCallerPart(text: string): string {
	return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '')).replace(
		/[()']/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}

/** @returns what the User-Agent tells; nothing for other clients. It is self-declared: only the token is vouched for. */
export function parseCallerUserAgent(userAgent: string | null | undefined): CallerParts {
	const parts = partsOf(userAgent);
	if (parts === undefined) return NOBODY;
	return {
		workflowId: parts.get('workflow') ?? null,
		executionId: parts.get('execution') ?? null,
		node: parts.get('node') ?? null,
	};
}

/** @returns the id of the trigger that a poll was made for, where it began with a stored state. */
export function parseTriggerId(userAgent: string | null): string | null {
	return partsOf(userAgent)?.get('trigger') ?? null;
}

function partsOf(userAgent: string | null | undefined): Map<string, string | null> | undefined {
	const comment = OURS.exec(userAgent ?? '')?.[1];
	return comment === undefined
		? undefined
		: new Map(
				comment.split('; ').map((part): [string, string | null] => {
					const [name = '', ...value] = part.split('=');
					return [name, decode(value.join('='))];
				}),
			);
}

/** @returns nothing for what the nodes of this package would not have sent like that. */
function decode(encoded: string): string | null {
	try {
		const text = decodeURIComponent(encoded);
		return text !== '' && isFitText(text) && encodeCallerPart(text) === encoded ? text : null;
	} catch {
		return null;
	}
}
