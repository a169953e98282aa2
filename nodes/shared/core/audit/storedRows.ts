/** What a table hands back of the rows that were stored in it: in any order, under any spelling of its columns. */

import { isObject } from '../json';
import { invalidInput } from '../errors/onePasswordError';
import type { RuleRow } from './anomalies/ruleRow';
import { canonicalTime, columnOf } from './chain/auditChain';
import type { AuditSourceName } from './rows/auditRow';
import type { TailRow } from './chain/chainTail';
import { isOwnKind } from './ownRow';

export interface StoredRow extends RuleRow, TailRow {
	/** Milliseconds since the epoch. */
	readonly time: number;
	readonly kind: string;
	/** JSON text, or what a database has made of it. */
	readonly details: unknown;
}

export interface StoredRows {
	/** In the order in which they were told. */
	readonly events: readonly StoredRow[];
	/** Rows of the collecting node's own. */
	readonly own: readonly StoredRow[];
	/** Rows without an event id: they only tell the rules what is usual. */
	readonly seen: readonly RuleRow[];
	/** Whether the table holds older rows that were not handed over, or may well do so. */
	readonly isCut: boolean;
	/** Whether the rows tell all that ever was usual: there are no older ones, or others stand for them. */
	readonly isWhole: boolean;
}

/** Rows without a place in the chain do not tell how many others there are. */
const ROWS_OF_A_SMALL_TABLE = 50;

type Row = Readonly<Record<string, unknown>>;

const ADVICE = 'Let the node before this one return the newest stored rows with all their columns, or nothing where the table is empty.';

/**
 * @param rows the newest ones; one empty row stands for none.
 * @param isChained whether the rows need hashes.
 * @throws OnePasswordError INVALID_INPUT for what are no stored rows.
 */
export function readStoredRows(rows: readonly Row[], source: AuditSourceName, isChained: boolean): StoredRows {
	const given = rows.filter((row) => !isNoRow(row));
	const needed = ['eventId', 'timestamp', 'source', 'kind', ...(isChained ? ['previousHash', 'hash'] : [])];
	const missing = needed.filter((column) => given.some((row) => columnOf(row, column) === undefined));
	if (missing.length > 0) throw invalidInput(`The input rows have no column ${missing.join(', ')}, so they are not stored events.`, ADVICE);
	const own = given.filter((row) => textOf(row, 'source') === source);
	const all = own.map(toStoredRow).sort((one, other) => (one.sequence ?? 0) - (other.sequence ?? 0) || one.time - other.time);
	const stored = all.filter(({ eventId }) => eventId !== '');
	const seen = all.filter(({ eventId, kind }) => eventId === '' && !isOwnKind(kind));
	const [oldest] = stored;
	return {
		events: stored.filter(({ kind }) => !isOwnKind(kind)),
		own: stored.filter(({ kind }) => isOwnKind(kind)),
		seen,
		isCut: oldest?.sequence === undefined ? stored.length > ROWS_OF_A_SMALL_TABLE : oldest.sequence > 1,
		isWhole: seen.length > 0 || (oldest?.sequence ?? 1) <= 1,
	};
}

/** What nodes of n8n hand over in place of no rows: an empty item, or the news that a query has worked. */
function isNoRow(row: Row): boolean {
	const names = Object.keys(row);
	return names.length === 0 || (names.length === 1 && row.success === true);
}

function toStoredRow(row: Row): StoredRow {
	const timestamp = canonicalTime(columnOf(row, 'timestamp') ?? '');
	const time = Date.parse(timestamp);
	if (Number.isNaN(time)) {
		throw invalidInput(
			"The column 'timestamp' of an input row is not a time.",
			'Store it as text or with a time zone, exactly as the node returned it.',
		);
	}
	const sequence = toSequence(columnOf(row, 'sequence'));
	const columnsOrNull = (name: string): string | null => textOf(row, name) || null;
	return {
		eventId: textOf(row, 'eventId'),
		time,
		timestamp,
		kind: textOf(row, 'kind'),
		...(sequence !== undefined && { sequence }),
		previousHash: textOf(row, 'previousHash'),
		hash: textOf(row, 'hash'),
		details: columnOf(row, 'details') ?? null,
		action: textOf(row, 'action'),
		result: textOf(row, 'result'),
		vaultId: columnsOrNull('vaultId'),
		itemId: columnsOrNull('itemId'),
		tokenId: columnsOrNull('tokenId'),
		userId: columnsOrNull('userId'),
		ip: columnsOrNull('ip'),
		userAgent: columnsOrNull('userAgent'),
		workflowId: columnsOrNull('workflowId'),
		node: columnsOrNull('node'),
	};
}

function textOf(row: Row, column: string): string {
	const value = columnOf(row, column);
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** PostgreSQL hands over a bigint as text. */
function toSequence(value: unknown): number | undefined {
	const number = typeof value === 'string' && value !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

/** @returns where collecting began, where the row that says so was handed over. */
export function startOf({ own }: StoredRows): { start?: unknown; startTime?: number } {
	const last = own[own.length - 1];
	return last === undefined ? {} : { start: cursorIn(last.details), startTime: last.time };
}

function cursorIn(details: unknown): unknown {
	try {
		const parsed: unknown = typeof details === 'string' ? JSON.parse(details) : details;
		return isObject(parsed) ? parsed.cursor : undefined;
	} catch {
		return undefined;
	}
}
