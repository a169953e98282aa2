import type { IExecuteFunctions } from 'n8n-workflow';

interface BatchFacts {
	readonly hasMore: boolean;
	readonly hasGap: boolean;
	/** Whether the batch before was never confirmed. */
	readonly isRepeat: boolean;
}

/** Tells in the editor what the rows themselves do not. */
export function tellOfBatch(node: IExecuteFunctions, { hasMore, hasGap, isRepeat }: BatchFacts): void {
	const tell = (message: string, type: 'info' | 'warning'): void =>
		node.addExecutionHints?.({ message, type, location: 'outputPane' });
	if (hasGap) tell('The log no longer reaches back to the last run: events in between may be missing. Run more often.', 'warning');
	if (isRepeat) tell("The events of the run before were not confirmed, so they come again with the same event IDs.", 'warning');
	if (hasMore) tell('More events are there already; they come with the next run.', 'info');
	if (node.getMode() === 'manual') {
		tell('n8n keeps no memory of manual executions: the next run returns the same events again.', 'info');
	}
}

export function tellOfOpenEnd(node: IExecuteFunctions): void {
	const message =
		"The end of the chain was not checked: rows that were removed there do not show. Name the collecting node of this workflow in 'Collector Node', or enter the 'Last Hash'.";
	node.addExecutionHints?.({ message, type: 'info', location: 'outputPane' });
}
