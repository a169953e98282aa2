/** The position in the rows that were stored, which the node before this one hands over. Nothing is kept in n8n. */

import { RuleMemory, emptyMemory } from '../../shared/core/audit/anomalies/memory';
import { replayRows } from '../../shared/core/audit/anomalies/replayRows';
import { findChainTail, type ChainTail } from '../../shared/core/audit/chain/chainTail';
import { readStoredRows, startOf, type StoredRows } from '../../shared/core/audit/storedRows';
import { invalidInput } from '../../shared/core/errors/onePasswordError';
import type { AuditContext } from '../auditContext';
import { addBatchHints } from '../hints';
import type { OpenSource } from '../batch/openSource';
import { lostRow, startedRow } from '../batch/ownRows';
import { makeSalt, type Place } from './place';
import { addLooseRowsHint, addLostRowsHint } from './positionHints';
import type { BatchSettings } from '../batch/settings';

/** @throws OnePasswordError INVALID_INPUT for input items that are no stored rows. */
export async function openStoredPlace(context: AuditContext, opened: OpenSource, settings: BatchSettings, isChained: boolean): Promise<Place> {
	const { hint, notedWords: before } = context;
	const { name } = opened;
	const stored = readInput(context, opened, isChained);
	const tail = findTail(stored, isChained);
	const isEmpty = stored.events.length + stored.own.length === 0;
	const isLost = isEmpty && (await before.count()) > 0;
	const cursor = isEmpty ? undefined : opened.source.resume(toldOf(stored, tail));
	return {
		cursor,
		isLost,
		memory: learnFrom(context, stored, tail, opened, settings),
		hasLearned: !stored.isWhole,
		chain: { sequence: tail.sequence, ...(isChained && { previousHash: tail.hash }) },
		ownRows: (batch) => {
			if (isLost) return [lostRow(context, name, batch.cursor)];
			return isEmpty ? [startedRow(context, name, batch.cursor)] : [];
		},
		finish: async ({ hasMore, hasGap = false }, { outputs }) => {
			const told = outputs.events;
			const isRepeat = !isEmpty && told.length > 0 && (await before.note(fingerprint(stored, told)));
			if (isEmpty) await before.note('collected');
			addBatchHints(context, { hasMore, hasGap, isRepeat, isFirst: isEmpty && !isLost && told.length <= 1, keepsRows: true });
			if (isLost) addLostRowsHint(hint);
			if (tail.loose.size > 0) addLooseRowsHint(hint, tail.loose.size);
		},
	};
}

function readInput({ inputs }: AuditContext, { name }: OpenSource, isChained: boolean): StoredRows {
	const failed = inputs.findIndex(({ json, error }) => Boolean(error) || Boolean(json.error));
	if (failed < 0)
		return readStoredRows(
			inputs.map(({ json }) => json),
			name,
			isChained,
		);
	throw invalidInput(
		`Reading the stored rows failed: input item ${failed} is an error.`,
		"Check the error in the input, and set 'On Error' of the node that reads them to 'Stop Workflow'.",
	);
}

/** Without a chain no row can be beside it. */
function findTail({ events, own }: StoredRows, isChained: boolean): ChainTail {
	const rows = [...own, ...events];
	if (isChained) return findChainTail(rows);
	const sequence = rows.reduce((largest, row) => Math.max(largest, row.sequence ?? 0), 0);
	return { hash: '', sequence, loose: new Set() };
}

function toldOf(stored: StoredRows, { loose }: ChainTail): Parameters<OpenSource['source']['resume']>[0] {
	const rows = stored.events.filter(({ eventId }) => !loose.has(eventId));
	return { rows, ...startOf(stored), isCut: stored.isCut };
}

/** Rows that are told again are judged again. */
function learnFrom(
	{ now }: AuditContext,
	stored: StoredRows,
	{ loose }: ChainTail,
	{ own }: OpenSource,
	{ rules, ruleSettings }: BatchSettings,
): RuleMemory {
	const memory = new RuleMemory(emptyMemory(makeSalt()), now());
	const events = stored.events.filter(({ eventId }) => !loose.has(eventId));
	// Rows tell no tags, so that there is nothing to find out where there are no new ones.
	memory.noteTags(new Map());
	replayRows({ events, seen: stored.seen }, rules, { ...ruleSettings, tagged: new Map(), ...(own && { own }) }, memory);
	return memory;
}

/** The same for the same rows out of the same table: then what was told last was not stored. */
function fingerprint({ events, own }: StoredRows, told: readonly object[]): string {
	const last = [...own, ...events].map(({ eventId, hash }) => `${eventId} ${hash}`).sort();
	return JSON.stringify([last.length, last[0], last[last.length - 1], (told[0] as { eventId?: string }).eventId]);
}
