/** The User-Agent by which Connect's activity log shows which workflow made a request. */

import { encodeCallerPart } from '../../core/audit/rows/callerUserAgent';

/** As in package.json; a test keeps the two equal. */
export const PACKAGE_VERSION = '0.1.0';

/** The package as servers see it. */
export const PACKAGE = `n8n-nodes-1password-connect/${PACKAGE_VERSION}`;

export interface Caller {
	readonly workflowId?: string;
	readonly executionId?: string;
	readonly nodeName: string;
	/** Id of a trigger that has a state: a later poll that finds none knows by it that there was one. */
	readonly triggerId?: string;
}

/** @returns `n8n-nodes-1password-connect/<version> (workflow=…; execution=…; node=…; trigger=…)`, each part percent-encoded. */
export function formatUserAgent({ workflowId, executionId, nodeName, triggerId }: Caller): string {
	const parts = [
		...(workflowId ? [`workflow=${encodeCallerPart(workflowId)}`] : []),
		...(executionId ? [`execution=${encodeCallerPart(executionId)}`] : []),
		`node=${encodeCallerPart(nodeName)}`,
		...(triggerId ? [`trigger=${encodeCallerPart(triggerId)}`] : []),
	];
	return `${PACKAGE} (${parts.join('; ')})`;
}
