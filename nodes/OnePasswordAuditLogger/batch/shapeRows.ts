/** From the rows of a batch to what leaves the node: without own requests, with names, judged, chained, in the chosen shape. */

import { chainRow, type ChainedRow } from '../../shared/core/audit/chain/auditChain';
import type { AuditRow } from '../../shared/core/audit/rows/auditRow';
import { isOfUnknownItem } from '../../shared/core/audit/anomalies/rules/criticalItem';
import { judgeRow, type RowVerdict } from '../../shared/core/audit/anomalies/judgeRow';
import type { RuleMemory } from '../../shared/core/audit/anomalies/memory';
import { toEcsEvent, type EcsEvent } from '../../shared/core/audit/ecsEvent';
import { isOwnKind, judgeOwnRow } from '../../shared/core/audit/ownRow';
import type { OutputLists } from '../../shared/n8n/operations/operation';
import type { AuditContext } from '../auditContext';
import { addMissingNamesHint, addMissingTagsHint, addUnknownItemsHint } from '../hints';
import type { OpenSource } from './openSource';
import { isOwnList } from './ownList';
import type { BatchSettings } from './settings';

type FlatRow = (AuditRow | ChainedRow) & { readonly sequence?: number };

/** What leaves the node. */
export type OutputRow = FlatRow | (FlatRow & Pick<RowVerdict, 'severity' | 'reason' | 'rules'>) | EcsEvent;

export interface Shaped {
	readonly outputs: { readonly events: readonly OutputRow[]; readonly anomalies: readonly OutputRow[] };
	readonly lastHash?: string;
}

export interface Chain {
	/** Of the row before the first one; none = the rows are not chained. */
	readonly previousHash?: string;
	/** Of the row before the first one; none = the rows are not numbered. */
	readonly sequence?: number;
}

export async function shapeRows(
	{ hint }: AuditContext,
	{ name, names, own }: OpenSource,
	batch: readonly AuditRow[],
	settings: BatchSettings,
	memory: RuleMemory,
	{ previousHash, sequence }: Chain = {},
): Promise<Shaped> {
	const rows = settings.ignoreOwn ? batch.filter((row) => !isOwnList(row, own)) : batch;
	const wantsTags = settings.rules.some(({ needsTags = false }) => needsTags);
	const wantsNames = settings.lookUpNames && rows.length > 0;
	const listsTags = wantsTags && (rows.length > 0 || !memory.knowsTags);
	const known = wantsNames || listsTags ? await names(rows, wantsTags ? settings.criticalTag : undefined) : undefined;
	if (known?.failure !== undefined) addMissingNamesHint(hint, known.failure.message);
	if (wantsTags && name === 'events') addMissingTagsHint(hint);
	const tagged = known?.tagged ?? new Map<string, boolean>();
	const ruleSettings = { ...settings.ruleSettings, own, tagged };
	const outputs: { events: OutputRow[]; anomalies: OutputRow[] } = { events: [], anomalies: [] };
	let lastHash = previousHash;
	for (const plain of rows) {
		const named = nameToken(settings.lookUpNames && known ? known.complete(plain) : plain, settings);
		const verdict = isOwnKind(named.kind) ? judgeOwnRow(named) : judgeRow(named, settings.rules, ruleSettings, memory);
		const chained: ChainedRow | undefined = lastHash === undefined ? undefined : chainRow(named, lastHash);
		lastHash = chained?.hash;
		const number = sequence === undefined ? {} : { sequence: sequence + outputs.events.length + 1 };
		const row = { ...(chained ?? named), ...number };
		outputs.events.push(settings.ecs ? toEcsEvent(row) : row);
		if (verdict) outputs.anomalies.push(toAnomaly(row, verdict, settings));
	}
	const failed = known?.failure !== undefined;
	if (listsTags && name === 'connect' && !(failed && tagged.size === 0)) {
		if (!failed) addUnknownItemsHint(hint, rows.filter((row) => isOfUnknownItem(row, tagged, memory)).length);
		// Behind the rows: those of an item that lost its tag since it was listed are judged by then.
		memory.noteTags(tagged);
	}
	return { outputs, lastHash };
}

export function toAnomaly(row: FlatRow, verdict: RowVerdict, { ecs }: Pick<BatchSettings, 'ecs'>): OutputRow {
	if (ecs) return toEcsEvent(row, verdict);
	const { severity, reason, rules } = verdict;
	return { ...row, severity, reason, rules };
}

function nameToken(row: AuditRow, { tokenNames }: BatchSettings): AuditRow {
	const tokenName = tokenNames.get(row.tokenId ?? '');
	return tokenName === undefined ? row : { ...row, tokenName };
}

/** @returns the lists of the two outputs. */
export function discloseRows({ disclose }: AuditContext, { events, anomalies }: Shaped['outputs']): OutputLists {
	return [events, anomalies].map((rows) => rows.map((row) => disclose.facts(row)));
}
