import { CHAIN_START } from '../shared/core/audit/auditChain';
import { RuleMemory, emptyMemory, withTaggedOf } from '../shared/core/audit/anomalies/memory';
import { invalidInput } from '../shared/core/onePasswordError';
import { parseTime } from '../shared/core/zonedTime';
import { EFFECTS } from '../shared/n8n/effects';
import { oneOf } from '../shared/n8n/itemParameters';
import { toWholeNumber } from '../shared/n8n/parameters';
import { findAdvance } from './advance';
import type { AuditContext, AuditOperation } from './auditOperation';
import { newState, type Position } from './auditState';
import { DEFAULT_MAX_EVENTS } from './defaults';
import { gapAnomaly } from './gap';
import { tellOfBatch, tellOfDisabledConfirm, tellOfLogStart } from './hints';
import { openSource } from './openSource';
import { collectProperties } from './properties/collect';
import { readBatchSettings, type BatchSettings } from './settings';
import { shapeRows } from './shapeRows';
import { loadOwnState, storeOwnState } from './stateStore';

/** Milliseconds after which a run starts nothing new, and leaves the rest to the next one. */
const BUDGET_MS = 60_000;

/** Milliseconds by which a time of another machine may be ahead. */
const MAX_CLOCK_DIFFERENCE_MS = 5 * 60_000;

export const collect: AuditOperation = {
	value: 'collect',
	name: 'Get New Events',
	action: 'Get new events',
	description: 'Read what was added to the log since the last run',
	properties: collectProperties,
	async run(context) {
		const { node } = context;
		const settings = readBatchSettings(context);
		const isChained = readHashChain(context, settings);
		const limits = readLimits(context);
		const { waits, isDisabled } = findAdvance(context);
		const opened = await openSource(context, settings.ignoreOwn);
		const state = loadOwnState(node) ?? newState(node.getNode().name);
		const start = state.confirmed;
		const before = start?.source === opened.name ? opened.source.parseCursor(start.cursor) : undefined;
		const { rows, cursor, hasMore, hasGap = false, logStart } = await opened.source.readNew(before, limits);
		const memory = new RuleMemory(start?.memory ?? emptyMemory(makeSalt()), EFFECTS.now());
		const previousHash = isChained ? (start?.lastHash ?? CHAIN_START) : undefined;
		const { outputs, lastHash = start?.lastHash } = await shapeRows(context, opened, rows, settings, memory, previousHash);
		const position: Position = {
			source: opened.name,
			cursor,
			memory: memory.toJSON(),
			...(lastHash !== undefined && { lastHash }),
		};
		const told = outputs.events.length;
		const pending = { position, executionId: node.getExecutionId() ?? '', rows: told, hasMore, hasGap };
		// A batch of no rows starts nothing that could confirm it.
		const isPending = waits && told > 0;
		storeOwnState(node, {
			...newState(node.getNode().name),
			confirmed: isPending ? start && { ...start, memory: withTaggedOf(start.memory, memory) } : position,
			...(isPending && { pending }),
		});
		const isFirst = before === undefined && limits.from === undefined;
		tellOfBatch(node, { hasMore, hasGap, isRepeat: state.pending !== undefined, isFirst });
		if (logStart !== undefined) tellOfLogStart(node, opened.name, logStart, "'Start Time'");
		if (isDisabled) tellOfDisabledConfirm(node);
		return hasGap ? { ...outputs, anomalies: [gapAnomaly(opened.name, rows[0], settings), ...outputs.anomalies] } : outputs;
	},
};

/** Keeps codes of one workflow from being compared with those of another; it is stored beside them. */
function makeSalt(): string {
	return [EFFECTS.random(), EFFECTS.random()].map((part) => part.toString(36).slice(2)).join('');
}

/** Not all columns go into the Elastic Common Schema as they are, so that nothing could verify a chain there. */
function readHashChain({ parameters }: AuditContext, { ecs }: BatchSettings): boolean {
	const isChained = parameters.flag('hashChain', 'Hash Chain');
	if (!isChained || !ecs) return isChained;
	throw invalidInput(
		"A 'Hash Chain' can only be verified in flat rows.",
		"Set 'Output Format' to 'Flat Rows', or turn 'Hash Chain' off.",
	);
}

function readLimits({ node, parameters }: AuditContext): { maxRows: number; deadline: number; from?: number } {
	const maxRows = toWholeNumber(parameters.collection('options').maxEvents, 'Max Events per Run', 1) ?? DEFAULT_MAX_EVENTS;
	const deadline = EFFECTS.now() + BUDGET_MS;
	const startFrom = oneOf(parameters.value('startFrom') ?? 'now', ['now', 'time'], 'First Run');
	if (startFrom === 'now') return { maxRows, deadline };
	const from = parseTime(parameters.value('startTime'), 'Start Time', node.getTimezone());
	if (from <= EFFECTS.now() + MAX_CLOCK_DIFFERENCE_MS) return { maxRows, deadline, from };
	throw invalidInput("'Start Time' is in the future.", "Enter a time that has passed, or set 'First Run' to 'From Now On'.");
}
