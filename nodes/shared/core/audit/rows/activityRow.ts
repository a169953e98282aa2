/** From a row of Connect's activity log to the flat audit row. */

import { createHash } from 'node:crypto';

import type { AuditRow } from './auditRow';
import { parseCallerUserAgent } from './callerUserAgent';
import { toFitInteger, toFitText, toFitTime } from './logText';
import { toObject, type JsonObject } from '../../json';
import type { ApiRequest } from '../../wire';

/** What tells two rows apart, uncut. */
type Parts = Readonly<Record<'action' | 'result' | 'vaultId' | 'itemId' | 'tokenId' | 'ip' | 'userAgent' | 'resourceType', string | null>> & {
	readonly itemVersion: number | null;
};

/**
 * @param request a row as it came: the documentation and the specification spell two members differently.
 * @param standIn milliseconds since the epoch; replaces the time of a row that has none.
 */
export function toAuditRow(request: ApiRequest, standIn = 0): AuditRow {
	const row = request as unknown as JsonObject;
	const parts = partsOf(row);
	const { action, result, vaultId, itemId, itemVersion, tokenId, ip, userAgent, resourceType } = parts;
	const time = activityTimeOf(request);
	const { id: serverId, account } = toObject(row.actor);
	return {
		eventId: activityIdOf(request),
		timestamp: new Date(time ?? standIn).toISOString(),
		source: 'connect',
		kind: 'access',
		action: fit(action) ?? 'UNKNOWN',
		result: fit(result) ?? 'UNKNOWN',
		vaultId: fit(vaultId),
		vaultName: null,
		itemId: fit(itemId),
		itemTitle: null,
		itemVersion,
		tokenId: fit(tokenId),
		tokenName: null,
		userId: null,
		userName: null,
		userEmail: null,
		ip: fit(ip),
		country: null,
		userAgent: fit(userAgent),
		...parseCallerUserAgent(fit(userAgent)),
		details: toDetails({
			serverId: fit(toText(serverId)),
			account: fit(toText(account)),
			resourceType: fit(resourceType),
			timeUnknown: time === undefined ? true : null,
		}),
	};
}

/** Of one request there may be several rows, so that its id alone does not tell them apart. */
const REQUEST_ID = /^[\w.:-]{1,100}$/;

/**
 * @returns the request id, and a code of the row's contents: the same whenever and beside whichever other rows it is read.
 * For a row without request id the code alone.
 */
export function activityIdOf(request: ApiRequest): string {
	const row = request as unknown as JsonObject;
	const requestId = toText(row.requestId) ?? toText(row.requestID) ?? '';
	const { action, result, vaultId, itemId, itemVersion, tokenId, ip, userAgent, resourceType } = partsOf(row);
	const contents = [row.timestamp, action, result, vaultId, itemId, itemVersion, tokenId, ip, userAgent, resourceType, requestId];
	const code = createHash('sha256').update(JSON.stringify(contents)).digest('hex');
	return REQUEST_ID.test(requestId) ? `${requestId}-${code.slice(0, 12)}` : code.slice(0, 32);
}

/** @returns milliseconds since the epoch, where the row has a usable time: milliseconds are what every database keeps. */
export function activityTimeOf({ timestamp }: ApiRequest): number | undefined {
	return toFitTime(timestamp);
}

function partsOf(row: JsonObject): Parts {
	const [actor, resource] = [toObject(row.actor), toObject(row.resource)];
	return {
		action: toText(row.action),
		result: toText(row.result),
		vaultId: toText(toObject(resource.vault).id),
		itemId: toText(toObject(resource.item).id),
		itemVersion: toFitInteger(resource.itemVersion),
		tokenId: toText(actor.jti),
		ip: toText(actor.requestIp) ?? toText(actor.ip),
		userAgent: toText(actor.userAgent),
		resourceType: toText(resource.type),
	};
}

function toDetails(details: JsonObject): string | null {
	const known = Object.entries(details).filter(([, value]) => value !== null);
	return known.length === 0 ? null : JSON.stringify(Object.fromEntries(known));
}

function toText(value: unknown): string | null {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : null;
}

function fit(text: string | null): string | null {
	return text === null ? null : toFitText(text);
}
