import type { ZonedClock } from '../../time/zonedClock';
import type { RuleRow } from './ruleRow';
import type { Requester } from './client';
import type { RuleMemory } from './memory';

export const SEVERITIES = ['low', 'medium', 'high'] as const;

export type Severity = (typeof SEVERITIES)[number];

export interface Working {
	readonly clock: ZonedClock;
	/** 0 = Sunday. */
	readonly weekdays: readonly number[];
	/** Minutes after midnight; the end does not belong to it. A start after the end means over midnight. */
	readonly startMinute: number;
	readonly endMinute: number;
}

export interface RuleSettings {
	readonly working: Working;
	/** Ids of workflows, and User-Agents or the names of their first products; none = those that were seen while learning. */
	readonly knownClients: readonly string[];
	/** The node that reads the log, a known client in any case. */
	readonly own?: Requester;
	/** `vaultId/itemId` of the listed items, and whether they have the tag of critical ones. */
	readonly tagged: ReadonlyMap<string, boolean>;
	readonly burst: { readonly count: number; readonly minutes: number };
	/** Milliseconds from the first row that a rule has seen on, in which nothing counts as new. */
	readonly learningMs: number;
}

/** Every rule sees every row once, in order, so that it can learn from those it does not flag. */
export interface AnomalyRule {
	/** As saved workflows hold it. */
	readonly id: string;
	/** As the editor shows it. */
	readonly name: string;
	readonly description?: string;
	/** Whether the editor preselects it. Default false. */
	readonly isDefault?: boolean;
	readonly severity: Severity;
	/** Whether it looks for items with a tag, which the Events API does not report. Default false. */
	readonly needsTags?: boolean;
	/** @returns whether it must first see what is usual. Without this member it need not. */
	learns?(settings: Pick<RuleSettings, 'knownClients'>): boolean;
	/** @returns why the row stands out, or `undefined`. */
	test(row: RuleRow, settings: RuleSettings, memory: RuleMemory): string | undefined;
}
