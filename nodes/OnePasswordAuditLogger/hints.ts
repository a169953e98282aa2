/** What the editor shows beside the output, where the rows themselves do not tell. */

import type { AuditSourceName } from '../shared/core/audit/rows/auditRow';
import type { AuditContext, ShowHint } from './auditContext';

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

export function addBatchHints({ hint, isManual }: AuditContext, { hasMore, hasGap, isRepeat, isFirst, keepsRows }: BatchFacts): void {
	if (hasGap) hint('The log no longer reaches back to the last run: events in between may be missing. Run more often.', 'warning');
	if (isRepeat) hint(keepsRows ? REPEATED_ROWS : UNCONFIRMED_ROWS, 'warning');
	if (hasMore) hint('More events are there already; they come with the next run.');
	if (isFirst) hint(`The first run returns ${keepsRows ? 'one row, which marks where the next run continues' : 'nothing'}. ${FIRST_LOOK}`);
	else if (isManual && !keepsRows) {
		hint('n8n keeps no memory of manual executions: the next run returns the same events again.');
	}
}

const UNCONFIRMED_ROWS = 'The events of the previous run were not confirmed, so they are repeated with the same event IDs.';

const REPEATED_ROWS =
	'The same events were already returned for the same stored rows. Check that they are stored, and that the node before this one returns the newest rows.';

const FIRST_LOOK = "To see what the log contains, set 'First Run' to 'From a Time'.";

export function addManualConfirmHint(hint: ShowHint): void {
	hint('Nothing was confirmed: n8n keeps no memory of manual executions, and the next run returns the same events again.');
}

interface RangeFacts {
	readonly hasMore: boolean;
	/** Whether the range is not longer than the rules learn. */
	readonly isLearning: boolean;
}

export function addRangeHints(hint: ShowHint, { hasMore, isLearning }: RangeFacts): void {
	// Rows are not all in the order of their times: who goes on from the time of the last one may miss some, or not get on.
	if (hasMore) hint("The range contains more events. Raise 'Limit' or turn on 'Return All', or choose a shorter range.");
	if (isLearning) {
		hint(
			"From the first event on, the range is not longer than the 'Learning Days', so that no client, address or access counts as new in it. Choose a longer range or fewer days, or list the 'Known Clients'.",
		);
	}
}

/**
 * @param start milliseconds since the epoch.
 * @param asked name and value of the time that comes before it.
 */
export function addLogStartHint(hint: ShowHint, source: AuditSourceName, start: number, asked: string): void {
	const time = new Date(start).toISOString();
	const why = source === 'events' ? `1Password keeps events for 120 days, and ${asked} is earlier` : `The log begins later than ${asked}`;
	hint(`${why}: events from before ${time} are not there.`, 'warning');
}

export function addDisabledConfirmHint(hint: ShowHint): void {
	hint(
		"The node that confirms is disabled, so events count as delivered once they have been read, and are lost if a later node fails. Enable it, or set 'Advance' to 'When Read'.",
		'warning',
	);
}

/** @param why a list could not be read. */
export function addMissingNamesHint(hint: ShowHint, why: string): void {
	hint(`Some names are missing, and critical items may have been missed: ${why}`, 'warning');
}

export function addMissingTagsHint(hint: ShowHint): void {
	hint("The Events API does not report tags, so the rule 'Critical Item' finds nothing there.");
}

/** @param count of events. */
export function addUnknownItemsHint(hint: ShowHint, count: number): void {
	if (count === 0) return;
	const what = count === 1 ? '1 event is of an item' : `${count} events are of items`;
	hint(`${what} that this node's token does not see, or no longer: whether it is a critical one is not known.`, 'warning');
}

export function addOpenEndHint(hint: ShowHint): void {
	hint(
		"The end of the chain was not checked: rows that were removed there do not show. Name the collecting node of this workflow in 'Collector Node', or enter the 'Last Hash'.",
	);
}
