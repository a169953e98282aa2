/** From a row of Connect's activity log to the flat audit row. */

import { createHash } from 'node:crypto';

import type { AuditRow } from './auditRow';
import { parseCallerUserAgent } from './callerUserAgent';
import type { ApiRequest } from '../wire';

type Json = Readonly<Record<string, unknown>>;

/** @param request a row as it came: the documentation and the specification spell two members differently. */
export function toAuditRow(request: ApiRequest): AuditRow {
	const row = request as unknown as Json;
	const [actor, resource] = [toObject(row.actor), toObject(row.resource)];
	const userAgent = toText(actor.userAgent);
	return {
		eventId: eventIdOf(request),
		timestamp: toTimestamp(row.timestamp),
		source: 'connect',
		kind: 'access',
		action: toText(row.action) ?? 'UNKNOWN',
		result: toText(row.result) ?? 'UNKNOWN',
		vaultId: toText(toObject(resource.vault).id),
		vaultName: null,
		itemId: toText(toObject(resource.item).id),
		itemTitle: null,
		itemVersion: Number.isInteger(resource.itemVersion) ? (resource.itemVersion as number) : null,
		tokenId: toText(actor.jti),
		tokenName: null,
		userId: null,
		userName: null,
		userEmail: null,
		ip: toText(actor.requestIp) ?? toText(actor.ip),
		country: null,
		userAgent,
		...parseCallerUserAgent(userAgent),
		details: toDetails(actor, resource),
	};
}

/** @returns the request id; for a row without one, a code of its contents, which is the same whenever it is read. */
export function eventIdOf(request: ApiRequest): string {
	const row = request as unknown as Json;
	const { timestamp, action, result, actor, resource } = row;
	return (
		toText(row.requestId) ??
		toText(row.requestID) ??
		createHash('sha256').update(JSON.stringify([timestamp, action, result, actor, resource])).digest('hex').slice(0, 32)
	);
}

/** A request that touches several items may leave a row for each, all with one request id. */
export function activityKeyOf(request: ApiRequest): string {
	return `${eventIdOf(request)}/${toText(toObject(toObject(request.resource).item).id) ?? ''}`;
}

/** Milliseconds are what every database and spreadsheet keeps. */
function toTimestamp(value: unknown): string {
	const text = toText(value) ?? '';
	const ms = Date.parse(text);
	return Number.isNaN(ms) ? text : new Date(ms).toISOString();
}

function toDetails(actor: Json, resource: Json): string | null {
	const details = { serverId: toText(actor.id), account: toText(actor.account), resourceType: toText(resource.type) };
	const known = Object.entries(details).filter(([, value]) => value !== null);
	return known.length === 0 ? null : JSON.stringify(Object.fromEntries(known));
}

function toObject(value: unknown): Json {
	return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function toText(value: unknown): string | null {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : null;
}
