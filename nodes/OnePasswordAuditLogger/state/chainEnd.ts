/** What the workflow itself remembers of the end of a chain. */

import { invalidInput } from '../../shared/core/errors/onePasswordError';
import type { AuditContext } from '../auditContext';
import { loadStates, newestStates } from './stateStore';

export interface ChainEnd {
	/** Of the node that has collected the rows. */
	readonly nodeName: string;
	/** Of the last row that was confirmed. Rows after it may be stored already. */
	readonly lastHash: string;
}

/**
 * @param wanted name of the node; empty text for the only one in the workflow.
 * @returns `undefined` where there is none, or several.
 * @throws OnePasswordError INVALID_INPUT for a name that has no chain.
 */
export function findEnd(context: AuditContext, wanted: string): ChainEnd | undefined {
	const ends = newestStates(loadStates(context)).flatMap(({ state: { nodeName, confirmed } }): ChainEnd[] =>
		confirmed?.lastHash === undefined ? [] : [{ nodeName, lastHash: confirmed.lastHash }],
	);
	const named = ends.find(({ nodeName }) => nodeName === wanted);
	if (wanted === '') return ends.length === 1 ? ends[0] : undefined;
	if (named !== undefined) return named;
	throw invalidInput(
		`No node '${wanted}' of this workflow has collected rows with a hash chain.`,
		"Name the node whose operation is 'Get New Events' in 'Collector Node', or remove the expectation.",
	);
}
