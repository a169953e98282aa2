/** What the editor shows beside the output where the position is not as it should be. */

import type { ShowHint } from '../auditContext';

export function addLostStateHint(hint: ShowHint): void {
	hint(
		"The node has collected before, but n8n did not keep its position: everything that the log still contains is returned again. On workers of n8n 2.40 and 2.41 in queue mode, set 'Position' to 'From Stored Rows (Input)'.",
		'warning',
	);
}

export function addLostRowsHint(hint: ShowHint): void {
	hint(
		'The node has collected before, but the input has no stored rows: everything that the log still contains is returned again. Check that the rows are stored, and that the node before this one returns the newest of them.',
		'warning',
	);
}

/** @param count of events. */
export function addLooseRowsHint(hint: ShowHint, count: number): void {
	const what = count === 1 ? '1 stored row is' : `${count} stored rows are`;
	hint(
		`${what} not part of the hash chain, as can happen when two runs overlap. If the log still contains the events, they are returned again and added at the end. Check that the node before this one returns the newest rows by 'sequence', without holes.`,
		'warning',
	);
}

export function addNeedlessConfirmHint(hint: ShowHint): void {
	hint('Nothing has to be confirmed: the collecting node takes its position from the stored rows. You can remove this node.');
}
