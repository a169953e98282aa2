/**
 * Sends the steps of a rotation. A step counts as done only when a read shows it, and is checked again against that read. A
 * response proves nothing, because someone who hasn't seen the step may write the item at the same time.
 */

import type { UpdatePlan } from '../../core/item/itemUpdate';
import { OnePasswordError } from '../../core/errors/onePasswordError';
import { planBegin, type BeginCommand } from '../../core/rotation/rotationBegin';
import { planClearing, planSettling } from '../../core/rotation/rotationContest';
import { planFinish, type FinishCommand } from '../../core/rotation/rotationFinish';
import { planRollback, type RollbackCommand } from '../../core/rotation/rotationRollback';
import type { StepCommand } from '../../core/rotation/rotationStep';
import { readRotation } from '../../core/rotation/state/rotationState';
import type { FullItem } from '../../core/wire';
import type { ConnectRun } from '../run/connectRun';
import { updateItemBy, type UpdateOptions, type UpdateResult } from '../writes/guardedUpdate';
import { outcomeOf } from '../../async/outcome';

export interface RotationTarget {
	readonly vaultId: string;
	readonly itemId: string;
	/** Milliseconds to wait for a read that shows the step. Default 15,000. */
	readonly syncTimeoutMs?: number;
}

export type StepResult = Pick<UpdateResult, 'item' | 'changed' | 'concurrentEdit'>;

/** How many times a step is planned again because the server refuses a plan based on an old read. */
const MAX_PLANS = 3;

/**
 * @throws OnePasswordError VERSION_CONFLICT if the item has another rotation, or another one has won; `outcomeUnknown` if no
 * read shows the outcome. Like all steps, it can then be repeated.
 */
export async function beginRotation(run: ConnectRun, target: RotationTarget, command: BeginCommand): Promise<StepResult> {
	const settling = (item: FullItem): UpdatePlan => planSettling(item, command);
	const begun = await outcomeOf(takeStep(run, target, (item) => planBegin(item, command)));
	if (!begun.ok) {
		// If this fails, the next step of any rotation cleans it up.
		if (begun.error.code === 'VERSION_CONFLICT') await outcomeOf(takeStep(run, target, settling));
		throw begun.error;
	}
	const { changed, item } = begun.value;
	const follow = changed ? settling : (read: FullItem): UpdatePlan => planClearing(read, command);
	if (follow(item).operations.length === 0) return begun.value;
	const settled = await takeStep(run, target, follow);
	// Another rotation may have taken its place in the meantime.
	if (planBegin(settled.item, command).operations.length > 0) throw undone();
	return { ...settled, changed };
}

/** @throws like `beginRotation`, and VERSION_CONFLICT if the item was edited since `begin`. */
export async function finishRotation(run: ConnectRun, target: RotationTarget, command: FinishCommand): Promise<StepResult> {
	return await takeStep(run, target, (item) => planFinish(item, command), command);
}

/** @throws like `beginRotation`, and VERSION_CONFLICT if the live value is not the one set by `finish`. */
export async function rollBackRotation(run: ConnectRun, target: RotationTarget, command: RollbackCommand): Promise<StepResult> {
	return await takeStep(run, target, (item) => planRollback(item, command), command);
}

async function takeStep(run: ConnectRun, target: RotationTarget, planFrom: (item: FullItem) => UpdatePlan, begun?: StepCommand): Promise<StepResult> {
	let refusal: OnePasswordError | undefined;
	let plannedFrom = -1;
	const isNewer = (item: FullItem): boolean => refusal === undefined || (item.version ?? 0) > plannedFrom;
	const plan = (item: FullItem): UpdatePlan => {
		if (refusal !== undefined && !isNewer(item)) throw refusal;
		// A step planned from a read that lags behind our own write would be done twice.
		if ((item.version ?? 0) < run.memory.newest(run.server, target.vaultId, target.itemId)) throw lagging();
		plannedFrom = item.version ?? 0;
		return planFrom(item);
	};
	const isRecent = (item: FullItem): boolean => isNewer(item) && (begun === undefined || knows(item, begun.rotationId));
	for (let plans = 1; ; plans++) {
		const sent = await outcomeOf(send(run, target, plan, { isRecent }));
		if (sent.ok) return requireShown(sent.value, planFrom);
		if (plans === MAX_PLANS || !isOutdated(sent.error)) throw adviseRepetition(sent.error);
		refusal = new OnePasswordError({ ...sent.error.details, advice: LOOK });
	}
}

async function send(
	run: ConnectRun,
	{ vaultId, itemId, syncTimeoutMs }: RotationTarget,
	planFrom: (item: FullItem) => UpdatePlan,
	options: UpdateOptions = {},
): Promise<UpdateResult> {
	return await updateItemBy(run, vaultId, itemId, planFrom, { ...options, onlyShown: true, syncTimeoutMs });
}

/** Another n8n process may have begun a rotation that this server doesn't show yet. */
function knows(item: FullItem, rotationId: string): boolean {
	const reading = readRotation(item);
	return reading.kind !== 'none' && (reading.kind === 'unclear' || reading.current.values.rotationId === rotationId);
}

/** The plan addresses a field that was removed in the meantime. */
function isOutdated({ details }: OnePasswordError): boolean {
	const { route = '', status = 0, outcomeUnknown } = details;
	return route.startsWith('PATCH') && [400, 404].includes(status) && !outcomeUnknown;
}

function requireShown(result: UpdateResult, planFrom: (item: FullItem) => UpdatePlan): StepResult {
	const { item, changed, confirmed, concurrentEdit } = result;
	if (changed && !confirmed && !concurrentEdit) throw notShown();
	if (changed && planFrom(item).operations.length > 0) throw undone();
	return { item, changed, concurrentEdit };
}

const LOOK = "Another step may have been completed that the server does not show yet: check with 'Get Status', then repeat this one.";

const REPEAT = 'Repeat the step with the same rotation ID. The item shows what was done, and nothing is done twice.';

function adviseRepetition(error: OnePasswordError): OnePasswordError {
	return error.details.outcomeUnknown ? new OnePasswordError({ ...error.details, advice: REPEAT }) : error;
}

function notShown(): OnePasswordError {
	return new OnePasswordError({
		code: 'UNAVAILABLE',
		message: 'The server accepted the step, but no read shows it so far.',
		advice: REPEAT,
		route: 'PATCH /v1/vaults/{vaultId}/items/{itemId}',
		outcomeUnknown: true,
	});
}

function lagging(): OnePasswordError {
	return new OnePasswordError({
		code: 'UNAVAILABLE',
		message: 'Reads lag behind: the server does not show an earlier write from here yet. Nothing was sent.',
		advice: REPEAT,
	});
}

function undone(): OnePasswordError {
	return new OnePasswordError({
		code: 'VERSION_CONFLICT',
		message: 'A concurrent edit reverted this step.',
		advice: "Check the item with the operation 'Get Status', then repeat the step.",
	});
}
