/** Where a run goes on, whatever keeps that from one run to the next. */

import type { RuleMemory } from '../../shared/core/audit/anomalies/memory';
import type { AuditBatch } from '../../shared/core/audit/auditSource';
import type { AuditRow } from '../../shared/core/audit/rows/auditRow';
import { EFFECTS } from '../../shared/n8n/process/effects';
import type { Chain, Shaped } from '../batch/shapeRows';

export type Batch = AuditBatch<unknown>;

export interface Place {
	/** Of the source; `undefined` = there is none, and the run is the first one. */
	readonly cursor: unknown;
	/** Whether there is none although the node has collected before. */
	readonly isLost: boolean;
	readonly memory: RuleMemory;
	/** Whether the time in which the rules only learn is over, whatever the memory says. */
	readonly hasLearned: boolean;
	readonly chain: Chain;
	/** @returns rows of the node's own that come before those of the batch. */
	ownRows(batch: Batch): readonly AuditRow[];
	/** Keeps what the next run needs, and tells in hints what is unusual. */
	finish(batch: Batch, shaped: Shaped): Promise<void>;
}

/** Keeps codes of one workflow from being compared with those of another; it is stored beside them. */
export function makeSalt(): string {
	return [EFFECTS.random(), EFFECTS.random()].map((part) => part.toString(36).slice(2)).join('');
}
