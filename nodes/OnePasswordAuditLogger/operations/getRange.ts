import { RuleMemory, emptyMemory } from '../../shared/core/audit/anomalies/memory';
import { invalidInput } from '../../shared/core/errors/onePasswordError';
import { readLimit } from '../../shared/n8n/properties/paging';
import type { SeveralOutputsOperation } from '../../shared/n8n/operations/operation';
import type { AuditContext } from '../auditContext';
import { addLogStartHint, addRangeHints } from '../hints';
import { openSource } from '../batch/openSource';
import { rangeEnd, rangeProperties, rangeStart } from '../properties/range';
import { readBatchSettings } from '../batch/settings';
import { discloseRows, shapeRows } from '../batch/shapeRows';
import { addRefusalHint } from '../batch/refusedFeed';

/** Milliseconds after which no further block of the log is read. */
const BUDGET_MS = 300_000;

export const getRange: SeveralOutputsOperation<AuditContext> = {
	value: 'getRange',
	name: 'Get Events of a Time Range',
	action: 'Get events of a time range',
	description: 'Read the events of a time range, as often as you like; each input item is its own range',
	// A log is read by one request after the other as it is.
	concurrency: 1,
	outputs: 2,
	properties: rangeProperties,
	async run(context) {
		const { parameters, hint, now } = context;
		const settings = readBatchSettings(context);
		const range = readRange(context);
		const maxRows = readLimit(parameters) ?? Infinity;
		const opened = await openSource(context);
		const batch = await opened.source.readRange(range, { maxRows, deadline: now() + BUDGET_MS });
		const { rows, hasMore, logStart } = batch;
		await addRefusalHint(context, batch);
		const memory = new RuleMemory(emptyMemory('range'), now());
		const { outputs } = await shapeRows(context, opened, rows, settings, memory);
		// Learning begins with the first event.
		const begin = Date.parse(rows[0]?.timestamp ?? '') || range.from;
		const isLearning = settings.learns && range.to - begin <= settings.ruleSettings.learningMs;
		addRangeHints(hint, { hasMore, isLearning });
		if (logStart !== undefined) addLogStartHint(hint, opened.name, logStart, `'From' (${new Date(range.from).toISOString()})`);
		return discloseRows(context, outputs);
	},
};

function readRange({ parameters, now, timeZone }: AuditContext): { from: number; to: number } {
	const from = rangeStart.read(parameters, timeZone);
	const to = rangeEnd.read(parameters, timeZone) ?? now();
	if (from < to) return { from, to };
	throw invalidInput("'From' is not before 'To'.", 'Choose a range that ends after it begins.');
}
