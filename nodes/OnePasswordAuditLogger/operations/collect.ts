import { invalidInput } from '../../shared/core/errors/onePasswordError';
import type { SeveralOutputsOperation } from '../../shared/n8n/operations/operation';
import type { AuditContext } from '../auditContext';
import { gapAnomaly } from '../batch/gap';
import { addLogStartHint } from '../hints';
import { addRefusalHint } from '../batch/refusedFeed';
import { openSource } from '../batch/openSource';
import { readPosition } from '../state/position';
import { collectProperties, firstRun, hashChain, maxEvents, startTime } from '../properties/collect';
import { readBatchSettings, type BatchSettings } from '../batch/settings';
import { discloseRows, shapeRows } from '../batch/shapeRows';
import { openStaticPlace } from '../state/staticPlace';
import { openStoredPlace } from '../state/storedPlace';

/** Milliseconds after which a run starts nothing new, and leaves the rest to the next one. */
const BUDGET_MS = 60_000;

/** Milliseconds by which a time of another machine may be ahead. */
const MAX_CLOCK_DIFFERENCE_MS = 5 * 60_000;

export const collect: SeveralOutputsOperation<AuditContext> = {
	value: 'collect',
	name: 'Get New Events',
	action: 'Get new events',
	description: 'Read what was added to the log since the last run',
	once: true,
	outputs: 2,
	properties: collectProperties,
	async run(context) {
		const settings = readBatchSettings(context);
		const isStored = readPosition(context) === 'storedRows';
		requireFlatRows(context, settings, isStored);
		const isChained = hashChain.read(context.parameters);
		const limits = readLimits(context);
		const opened = await openSource(context, settings.ignoreOwn);
		const place = isStored ? await openStoredPlace(context, opened, settings, isChained) : await openStaticPlace(context, opened, isChained);
		const { cursor, isLost, memory, chain } = place;
		// What a lost position has left behind is better told twice than never.
		const from = limits.from ?? (isLost ? 0 : undefined);
		const batch = await opened.source.readNew(cursor, { ...limits, ...(from !== undefined && { from }) });
		const rows = [...place.ownRows(batch), ...batch.rows];
		const shaped = await shapeRows(context, opened, rows, place.hasLearned ? withoutLearning(settings) : settings, memory, chain);
		await place.finish(batch, shaped);
		const { hasGap = false, logStart } = batch;
		await addRefusalHint(context, batch);
		if (logStart !== undefined && !isLost) addLogStartHint(context.hint, opened.name, logStart, "'Start Time'");
		const { events, anomalies } = shaped.outputs;
		const gap = hasGap ? [gapAnomaly(context, opened.name, batch.rows[0], settings)] : [];
		return discloseRows(context, { events, anomalies: [...gap, ...anomalies] });
	},
};

function withoutLearning(settings: BatchSettings): BatchSettings {
	return { ...settings, ruleSettings: { ...settings.ruleSettings, learningMs: 0 } };
}

/** Not all columns go into the Elastic Common Schema as they are: nothing could verify a chain there, or go on behind the rows. */
function requireFlatRows({ parameters }: AuditContext, { ecs }: BatchSettings, isStored: boolean): void {
	if (!ecs) return;
	if (hashChain.read(parameters)) {
		throw invalidInput("A 'Hash Chain' can only be verified in flat rows.", "Set 'Output Format' to 'Flat Rows', or turn 'Hash Chain' off.");
	}
	if (!isStored) return;
	throw invalidInput(
		"'From Stored Rows (Input)' needs flat rows, to read the position from them.",
		"Set 'Output Format' to 'Flat Rows', or 'Position' to 'From Workflow Static Data'.",
	);
}

function readLimits({ parameters, now, timeZone }: AuditContext): { maxRows: number; deadline: number; from?: number } {
	const maxRows = maxEvents.read(parameters);
	const deadline = now() + BUDGET_MS;
	if (firstRun.read(parameters) === 'now') return { maxRows, deadline };
	const from = startTime.read(parameters, timeZone);
	if (from <= now() + MAX_CLOCK_DIFFERENCE_MS) return { maxRows, deadline, from };
	throw invalidInput("'Start Time' is in the future.", "Enter a time that has passed, or set 'First Run' to 'From Now On'.");
}
