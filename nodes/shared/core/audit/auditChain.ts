/** A chain of hashes over audit rows: each row's hash covers the row and the hash of the row before it. */

import { createHash } from 'node:crypto';

import { AUDIT_COLUMNS } from './auditColumns';
import type { AuditRow } from './auditRow';

/** In place of the hash before the first row. */
export const CHAIN_START = '0'.repeat(64);

export interface ChainedRow extends AuditRow {
	/** Of the row before it, 64 zeros for the first one. */
	readonly previousHash: string;
	/** SHA-256 as 64 hexadecimal digits. */
	readonly hash: string;
}

export function chainRow(row: AuditRow, previousHash: string): ChainedRow {
	return { ...row, previousHash, hash: hashRow(row as unknown as Record<string, unknown>, previousHash) };
}

/** @param row as made here, or as a database or a spreadsheet gave it back. */
export function hashRow(row: Readonly<Record<string, unknown>>, previousHash: string): string {
	return createHash('sha256').update(`${previousHash}\n${canonicalRow(row)}`).digest('hex');
}

/**
 * The same text for a row wherever it was stored: columns in one order and found under any spelling (`eventId`, `eventid`,
 * `event_id`); empty text for null; numbers as text; times in UTC with milliseconds; JSON with its members sorted.
 */
export function canonicalRow(row: Readonly<Record<string, unknown>>): string {
	const byName = new Map(Object.entries(row).map(([name, value]) => [foldColumn(name), value]));
	return JSON.stringify(AUDIT_COLUMNS.map((column) => [column, canonicalValue(column, byName.get(foldColumn(column)))]));
}

/** @returns the value of a column under any spelling. */
export function columnOf(row: Readonly<Record<string, unknown>>, column: string): unknown {
	if (column in row) return row[column];
	return Object.entries(row).find(([name]) => foldColumn(name) === foldColumn(column))?.[1];
}

function foldColumn(name: string): string {
	return name.replace(/[_\s]/g, '').toLowerCase();
}

function canonicalValue(column: string, value: unknown): string {
	if (value === null || value === undefined) return '';
	if (column === 'timestamp') return canonicalTime(value);
	if (column === 'details') return canonicalJson(value);
	return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}

/** A time without a zone is taken for UTC, which is what was written. */
export function canonicalTime(value: unknown): string {
	const text = value instanceof Date ? value.toISOString() : String(value).trim();
	const hasZone = /(?:z|[+-]\d\d(?::?\d\d)?)$/i.test(text);
	const standard = text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00');
	const ms = Date.parse(/^\d{4}-\d\d-\d\dT/.test(standard) && !hasZone ? `${standard}Z` : standard);
	return Number.isNaN(ms) ? text : new Date(ms).toISOString();
}

function canonicalJson(value: unknown): string {
	try {
		return JSON.stringify(sortMembers(typeof value === 'string' ? JSON.parse(value) : value));
	} catch {
		return String(value);
	}
}

function sortMembers(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sortMembers);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
	return Object.fromEntries(entries.map(([name, member]) => [name, sortMembers(member)]));
}
