/** What the rules that are on say about a row. */

import type { RuleMemory } from './memory';
import { SEVERITIES, type AnomalyRule, type RuleSettings, type Severity } from './rule';
import type { RuleRow } from './ruleRow';

export interface Anomaly {
	readonly rule: string;
	readonly severity: Severity;
	readonly reason: string;
}

/** What a row gets in the output of anomalies. */
export interface RowVerdict {
	/** The highest one. */
	readonly severity: Severity;
	/** All reasons in one text. */
	readonly reason: string;
	/** Ids of all rules that fired, separated by commas. */
	readonly rules: string;
	readonly anomalies: readonly Anomaly[];
}

/** @returns `undefined` for a row that does not stand out. */
export function judgeRow(row: RuleRow, rules: readonly AnomalyRule[], settings: RuleSettings, memory: RuleMemory): RowVerdict | undefined {
	const anomalies = rules.flatMap(({ id, severity, test }): Anomaly[] => {
		const reason = test(row, settings, memory);
		return reason === undefined ? [] : [{ rule: id, severity, reason }];
	});
	return anomalies.length > 0 ? summarise(anomalies) : undefined;
}

export function summarise(anomalies: readonly Anomaly[]): RowVerdict {
	const highest = Math.max(...anomalies.map(({ severity }) => SEVERITIES.indexOf(severity)));
	return {
		severity: SEVERITIES[highest] ?? 'low',
		reason: anomalies.map(({ reason }) => reason).join(' '),
		rules: anomalies.map(({ rule }) => rule).join(', '),
		anomalies,
	};
}
