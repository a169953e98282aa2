/** What the editor shows beside the output, where the rows themselves do not tell. */

import type { IExecuteFunctions } from 'n8n-workflow';

import type { AuditSourceName } from '../shared/core/audit/rows/auditRow';
import { SHOWN_HINTS } from '../shared/n8n/process/processState';

interface BatchFacts {
	readonly hasMore: boolean;
	readonly hasGap: boolean;
	/** Whether the batch before was never confirmed. */
	readonly isRepeat: boolean;
	/** Whether the run only takes note of what is there. */
	readonly isFirst: boolean;
	/** Whether stored rows tell the position. */
	readonly keepsRows: boolean;
}

export function tellOfBatch(node: IExecuteFunctions, { hasMore, hasGap, isRepeat, isFirst, keepsRows }: BatchFacts): void {
	if (hasGap) tell(node, 'The log no longer reaches back to the last run: events in between may be missing. Run more often.', 'warning');
	if (isRepeat) tell(node, keepsRows ? REPEATED_ROWS : UNCONFIRMED_ROWS, 'warning');
	if (hasMore) tell(node, 'More events are there already; they come with the next run.');
	if (isFirst) tell(node, `The first run returns ${keepsRows ? 'one row, which marks where the next run continues' : 'nothing'}. ${FIRST_LOOK}`);
	else if (isManual(node) && !keepsRows) {
		tell(node, 'n8n keeps no memory of manual executions: the next run returns the same events again.');
	}
}

const UNCONFIRMED_ROWS = 'The events of the run before were not confirmed, so they come again with the same event IDs.';

const REPEATED_ROWS =
	'The same events were already returned for the same stored rows. Check that they are stored, and that the node before this one returns the newest rows.';

const FIRST_LOOK = "To see what the log contains, set 'First Run' to 'From a Time'.";

/** @returns whether n8n forgets what the execution keeps in static data. */
export function isManual(node: IExecuteFunctions): boolean {
	return node.getMode() === 'manual';
}

export function tellOfManualConfirm(node: IExecuteFunctions): void {
	tell(node, 'Nothing was confirmed: n8n keeps no memory of manual executions, and the next run returns the same events again.');
}

interface RangeFacts {
	readonly hasMore: boolean;
	/** Whether the range is not longer than the rules learn. */
	readonly isLearning: boolean;
}

export function tellOfRange(node: IExecuteFunctions, { hasMore, isLearning }: RangeFacts): void {
	// Rows are not all in the order of their times: who goes on from the time of the last one may miss some, or not get on.
	if (hasMore) tell(node, "The range holds more events. Raise 'Limit' or turn on 'Return All', or choose a shorter range.");
	if (isLearning) {
		tell(
			node,
			"From the first event on, the range is not longer than the 'Learning Days', so that no client, address or access counts as new in it. Choose a longer range or fewer days, or list the 'Known Clients'.",
		);
	}
}

/**
 * @param start milliseconds since the epoch.
 * @param asked name and value of the time that comes before it.
 */
export function tellOfLogStart(node: IExecuteFunctions, source: AuditSourceName, start: number, asked: string): void {
	const time = new Date(start).toISOString();
	const why = source === 'events' ? `1Password keeps events for 120 days, and ${asked} is earlier` : `The log begins later than ${asked}`;
	tell(node, `${why}: events from before ${time} are not there.`, 'warning');
}

export function tellOfDisabledConfirm(node: IExecuteFunctions): void {
	tell(
		node,
		"The node that confirms is disabled, so that events count as told when they are read: they are lost when a later node fails. Enable it, or set 'Advance' to 'When Read'.",
		'warning',
	);
}

/** @param why a list could not be read. */
export function tellOfMissingNames(node: IExecuteFunctions, why: string): void {
	tell(node, `Some names are missing, and critical items may have been missed: ${why}`, 'warning');
}

export function tellOfMissingTags(node: IExecuteFunctions): void {
	tell(node, "The Events API does not report tags, so the rule 'Critical Item' finds nothing there.");
}

/** @param count of events. */
export function tellOfUnknownItems(node: IExecuteFunctions, count: number): void {
	if (count === 0) return;
	const what = count === 1 ? '1 event is of an item' : `${count} events are of items`;
	tell(node, `${what} that this node's token does not see, or no longer: whether it is a critical one is not known.`, 'warning');
}

export function tellOfOpenEnd(node: IExecuteFunctions): void {
	tell(
		node,
		"The end of the chain was not checked: rows that were removed there do not show. Name the collecting node of this workflow in 'Collector Node', or enter the 'Last Hash'.",
	);
}

export function tell(node: IExecuteFunctions, message: string, type: 'info' | 'warning' = 'info'): void {
	const told = SHOWN_HINTS.get(node) ?? new Set();
	SHOWN_HINTS.set(node, told);
	if (told.has(message)) return;
	told.add(message);
	node.addExecutionHints?.({ message, type, location: 'outputPane' });
}
