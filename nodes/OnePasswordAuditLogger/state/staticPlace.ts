/** The position in the workflow's static data, which a node that confirms moves on. */

import { RuleMemory, emptyMemory, withTaggedOf } from '../../shared/core/audit/anomalies/memory';
import { CHAIN_START } from '../../shared/core/audit/chain/auditChain';
import { OnePasswordError } from '../../shared/core/errors/onePasswordError';
import { findAdvance } from './advance';
import type { AuditContext } from '../auditContext';
import { newState, type AuditState } from './auditState';
import { addBatchHints, addDisabledConfirmHint } from '../hints';
import type { OpenSource } from '../batch/openSource';
import { lostRow } from '../batch/ownRows';
import { makeSalt, type Place } from './place';
import { addLostStateHint } from './positionHints';
import { loadOwnState, storeOwnState } from './stateStore';

const LOST = 'state lost';

/** @throws OnePasswordError UNAVAILABLE where n8n does not keep static data. */
export async function openStaticPlace(context: AuditContext, { name, source }: OpenSource, isChained: boolean): Promise<Place> {
	const { self, hint, executionId } = context;
	const { waits, isDisabled } = findAdvance(context);
	const state = loadOwnState(context);
	const isLost = await findLoss(context, state);
	const start = state?.confirmed;
	const cursor = start?.source === name ? source.parseCursor(start.cursor) : undefined;
	const memory = new RuleMemory(start?.memory ?? emptyMemory(makeSalt()), context.now());
	return {
		cursor,
		isLost,
		memory,
		hasLearned: false,
		chain: isChained ? { previousHash: start?.lastHash ?? CHAIN_START } : {},
		ownRows: () => (isLost ? [lostRow(context, name)] : []),
		finish: async (batch, { outputs, lastHash = start?.lastHash }) => {
			const { hasMore, hasGap = false } = batch;
			const kept = { source: name, cursor: batch.cursor, memory: memory.toJSON(), ...(lastHash !== undefined && { lastHash }) };
			const told = outputs.events.length;
			// A batch of no rows starts nothing that could confirm it.
			const isPending = waits && told > 0;
			storeOwnState(context, {
				...newState(self.name),
				confirmed: isPending ? start && { ...start, memory: withTaggedOf(start.memory, memory) } : kept,
				...(isPending && { pending: { position: kept, executionId, rows: told, hasMore, hasGap } }),
			});
			const isFirst = cursor === undefined && !isLost && told === 0;
			addBatchHints(context, { hasMore, hasGap, isRepeat: state?.pending !== undefined, isFirst, keepsRows: false });
			if (isLost) addLostStateHint(hint);
			if (isDisabled) addDisabledConfirmHint(hint);
			return await Promise.resolve();
		},
	};
}

/** @returns whether the node has collected before and nothing is left of it. */
async function findLoss(context: AuditContext, state: AuditState | undefined): Promise<boolean> {
	const { notedWords: before, isManual, self } = context;
	const count = await before.count();
	if (state?.confirmed !== undefined || state?.pending !== undefined) {
		if (count === 0) await before.note('collected');
		if (count > 1) await before.forget(LOST);
		return false;
	}
	if (count === 0) {
		await before.note('collected');
		return false;
	}
	const isAgain = await before.note(LOST);
	// Where n8n keeps this much, the next run does not fail.
	if (state === undefined && !isManual) storeOwnState(context, newState(self.name));
	if (state === undefined && isAgain) throw stateLost();
	return true;
}

function stateLost(): OnePasswordError {
	return new OnePasswordError({
		code: 'UNAVAILABLE',
		message:
			"n8n has lost the node's position again: it does not keep the workflow's static data, as on the workers of n8n 2.40 and 2.41 in queue mode.",
		advice: "Set 'Position' to 'From Stored Rows (Input)', and let the node before this one return the newest stored rows.",
	});
}
