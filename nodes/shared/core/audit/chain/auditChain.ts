/** A chain of hashes over audit rows: each row's hash covers the row and the hash of the row before it. */

import { createHash } from 'node:crypto';

import { AUDIT_COLUMNS } from '../rows/auditColumns';
import type { AuditRow } from '../rows/auditRow';

/** In place of the hash before the first row. */
export const CHAIN_START = '0'.repeat(64);

export interface ChainedRow extends AuditRow {
	/** Of the row before it, 64 zeros for the first one. */
	readonly previousHash: string;
	/** SHA-256 as 64 hexadecimal digits. */
	readonly hash: string;
}

const CHAIN_COLUMNS: ReadonlySet<string> = new Set([...AUDIT_COLUMNS, 'previousHash', 'hash'].map(foldColumn));

export function chainRow(row: AuditRow, previousHash: string): ChainedRow {
	return { ...row, previousHash, hash: hashRow(row as unknown as Record<string, unknown>, previousHash) };
}

/** @param row as made here, or as a database or a spreadsheet gave it back. */
export function hashRow(row: Readonly<Record<string, unknown>>, previousHash: string): string {
	return createHash('sha256')
		.update(`${previousHash}\n${canonicalRow(row)}`)
		.digest('hex');
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

/** @returns whether a column of the chain is there in two spellings: which of them was written can't be told. */
export function hasTwinColumns(row: Readonly<Record<string, unknown>>): boolean {
	const names = Object.keys(row)
		.map(foldColumn)
		.filter((name) => CHAIN_COLUMNS.has(name));
	return new Set(names).size < names.length;
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

const TIME = /^(\d{4}-\d\d-\d\d)[t ](\d\d:\d\d:\d\d(?:\.\d+)?) ?(?:(z|utc|gmt)|([+-]\d\d)(?::?(\d\d))?)?$/i;

/** 13 digits: from 2001 to 2286. */
const EPOCH_MS = /^\d{13}$/;

/**
 * A time without a zone is taken for UTC, which is what was written. Other forms stay text: they do not tell the zone, or
 * leave room for words beside the time.
 */
export function canonicalTime(value: unknown): string {
	const text = value instanceof Date ? String(value.toJSON()) : String(value).trim();
	const [, day, clock, , hours, minutes = '00'] = TIME.exec(text) ?? [];
	const standard = `${day}T${clock}${hours === undefined ? 'Z' : `${hours}:${minutes}`}`;
	const ms = EPOCH_MS.test(text) ? Number(text) : Date.parse(standard);
	return Number.isNaN(ms) ? text : new Date(ms).toISOString();
}

/** Text with two members of one name stays as it is: only the last of them would be seen. */
function canonicalJson(value: unknown): string {
	try {
		const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value;
		return typeof value === 'string' && countColons(value) !== countMembers(parsed) ? value : JSON.stringify(sortMembers(parsed));
	} catch {
		return String(value);
	}
}

/** @returns how many members the objects of a JSON text have. */
function countColons(json: string): number {
	return json.replace(/"(?:[^"\\]|\\.)*"/g, '').split(':').length - 1;
}

function countMembers(value: unknown): number {
	if (typeof value !== 'object' || value === null) return 0;
	const members = Object.values(value);
	return members.reduce((count: number, member) => count + countMembers(member), Array.isArray(value) ? 0 : members.length);
}

function sortMembers(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sortMembers);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
	return Object.fromEntries(entries.map(([name, member]) => [name, sortMembers(member)]));
}
