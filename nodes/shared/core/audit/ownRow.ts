/** Rows that the collecting node adds by itself. They are in no log, name nobody, and no rule judges them. */

import { createHash } from 'node:crypto';

import { summarise, type RowVerdict } from './anomalies/judgeRow';
import { AUDIT_COLUMNS } from './rows/auditColumns';
import type { AuditRow, AuditSourceName } from './rows/auditRow';

/**
 * `collectorStarted`: the first row of a node. `positionLost`: the node has collected before and found nothing of it.
 * `gap`: the log no longer reaches back to the last run.
 */
export const OWN_KINDS = ['collectorStarted', 'positionLost', 'gap'] as const;

export type OwnKind = (typeof OWN_KINDS)[number];

const ACTIONS: Readonly<Record<OwnKind, string>> = { collectorStarted: 'START', positionLost: 'POSITION_LOST', gap: 'GAP' };

const NOTHING = Object.fromEntries(AUDIT_COLUMNS.map((column) => [column, null])) as unknown as AuditRow;

export interface OwnRow {
	readonly kind: OwnKind;
	/** The same whenever the same thing is told again. */
	readonly id: string;
	/** RFC 3339. */
	readonly timestamp: string;
	readonly source: AuditSourceName;
	/** JSON text. */
	readonly details?: string;
}

export function toOwnRow({ kind, id, timestamp, source, details = '' }: OwnRow): AuditRow {
	const columns = { eventId: `${kind}-${id}`, timestamp, source, kind, action: ACTIONS[kind], result: 'UNKNOWN' };
	return { ...NOTHING, ...columns, details: details || null };
}

/** @returns 12 hexadecimal digits that are the same for the same parts. */
export function toShortCode(parts: readonly unknown[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}

export function isOwnKind(kind: string): boolean {
	return OWN_KINDS.some((own) => own === kind);
}

export const POSITION_LOST =
	'The node has collected events before, but its position is lost: everything that the log still contains is returned again, and older events may be missing.';

/** @returns what stands out about a row of the node's own. */
export function judgeOwnRow({ kind }: Pick<AuditRow, 'kind'>): RowVerdict | undefined {
	return kind === 'positionLost' ? summarise([{ rule: 'positionLost', severity: 'high', reason: POSITION_LOST }]) : undefined;
}
