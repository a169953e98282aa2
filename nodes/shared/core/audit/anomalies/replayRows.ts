/** Rebuilds what the rules remember from rows that were told before. */

import { judgeRow } from './judgeRow';
import type { RuleMemory } from './memory';
import type { AnomalyRule, RuleSettings } from './rule';
import type { RuleRow } from './ruleRow';

export interface PastRows {
	/** Each one is one event. */
	readonly events: readonly RuleRow[];
	/** Each one stands for any number of events, of which its time is the first one's. */
	readonly seen: readonly RuleRow[];
}

/** Nothing comes of what the rules say: they only learn. */
export function replayRows({ events, seen }: PastRows, rules: readonly AnomalyRule[], settings: RuleSettings, memory: RuleMemory): void {
	const learning = rules.filter((rule) => rule.learns?.(settings) ?? false);
	for (const row of inOrder(seen)) judgeRow(row, learning, settings, memory);
	for (const row of inOrder(events)) judgeRow(row, rules, settings, memory);
}

function inOrder(rows: readonly RuleRow[]): RuleRow[] {
	return [...rows].sort((one, other) => Date.parse(one.timestamp) - Date.parse(other.timestamp));
}
