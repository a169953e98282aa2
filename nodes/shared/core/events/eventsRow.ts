/**
 * Events of the 1Password Events API as audit rows. Anything missing from an event becomes `null`. Only what is named here
 * is copied, and none of it is an item's value.
 */

import { createHash } from 'node:crypto';

import type { AuditRow } from '../audit/rows/auditRow';
import { toFitInteger, toFitTime } from '../audit/rows/logText';
import { toObject, type JsonObject } from '../json';
import { clientOf, deviceOf, numberOf, personOf, placeOf, textOf, userKindOf, userOf, withoutNothing } from './eventParts';
import type { EventsFeed } from './eventsFeed';

/** Audit events that clients cause constantly without anyone doing anything: delegated sessions and SSO token checks. */
const NOISE: ReadonlySet<unknown> = new Set(['dlgsess', 'ssotknv']);

/** Audit event objects whose UUID is that of a vault: the vault itself, access to it, and changes to its items. */
const VAULT_OBJECTS: ReadonlySet<unknown> = new Set(['vault', 'uva', 'gva', 'items']);

const GOOD_SIGN_INS: ReadonlySet<unknown> = new Set(['success', 'firewall_reported_success']);

export function isNoise(feed: EventsFeed, event: unknown): boolean {
	return feed === 'auditEvent' && NOISE.has(toObject(event).action);
}

const UUID = /^[\w.:-]{1,100}$/;

/** @returns the UUID, or if there is none, a text that is the same each time the event is returned. */
export function auditEventId(event: unknown): string {
	const { uuid } = toObject(event);
	if (typeof uuid === 'string' && UUID.test(uuid)) return uuid;
	return `sha256-${createHash('sha256')
		.update(JSON.stringify(event) ?? '')
		.digest('hex')}`;
}

/** @returns milliseconds since the epoch, if the event has a usable time. */
export function eventTimeOf(event: unknown): number | undefined {
	return toFitTime(toObject(event).timestamp);
}

/** @param readAt milliseconds since the epoch; used for an event without a time. */
export function toAuditRow(feed: EventsFeed, event: unknown, readAt: number): AuditRow {
	const json = toObject(event);
	const { columns, details } = READERS[feed](json);
	const time = eventTimeOf(json);
	const rest = withoutNothing({
		...details,
		accountId: textOf(json.account_uuid),
		...placeOf(json.location),
		...(time === undefined && { timeUnknown: true }),
	});
	return {
		...NOTHING_KNOWN,
		eventId: auditEventId(event),
		timestamp: new Date(time ?? readAt).toISOString(),
		kind: feed,
		country: textOf(toObject(json.location).country),
		...columns,
		details: Object.keys(rest).length === 0 ? null : JSON.stringify(rest),
	};
}

interface EventContent {
	readonly columns: Pick<AuditRow, 'action'> & Partial<AuditRow>;
	readonly details: JsonObject;
}

const READERS: Readonly<Record<EventsFeed, (event: JsonObject) => EventContent>> = {
	itemUsage: (event) => ({
		columns: {
			action: textOf(event.action) ?? 'unknown',
			vaultId: textOf(event.vault_uuid),
			itemId: textOf(event.item_uuid),
			itemVersion: toFitInteger(event.used_version),
			...userOf(event.user),
			...clientOf(event.client),
		},
		details: { ...deviceOf(event.client), ...userKindOf(event.user) },
	}),
	signInAttempt: (event) => ({
		columns: {
			action: textOf(event.type) ?? textOf(event.category) ?? 'unknown',
			result: GOOD_SIGN_INS.has(event.category) ? 'SUCCESS' : 'DENY',
			...userOf(event.target_user),
			...clientOf(event.client),
			country: textOf(event.country) ?? textOf(toObject(event.location).country),
		},
		details: {
			category: textOf(event.category),
			blockedBy: textOf(toObject(event.details).value),
			sessionId: textOf(event.session_uuid),
			...deviceOf(event.client),
			...userKindOf(event.target_user),
		},
	}),
	auditEvent: (event) => ({
		columns: {
			action: textOf(event.action) ?? 'unknown',
			vaultId: VAULT_OBJECTS.has(event.object_type) ? textOf(event.object_uuid) : null,
			...userOf(event.actor_details),
			userId: textOf(event.actor_uuid) ?? textOf(toObject(event.actor_details).uuid),
			ip: textOf(toObject(event.session).ip),
		},
		details: {
			objectType: textOf(event.object_type),
			objectId: textOf(event.object_uuid),
			object: personOf(event.object_details),
			auxId: numberOf(event.aux_id),
			auxUuid: textOf(event.aux_uuid),
			aux: personOf(event.aux_details),
			auxInfo: textOf(event.aux_info),
			sessionId: textOf(toObject(event.session).uuid),
			loginTime: textOf(toObject(event.session).login_time),
			deviceId: textOf(toObject(event.session).device_uuid),
			actorType: textOf(event.actor_type),
			actorAccountId: textOf(event.actor_account_uuid),
		},
	}),
};

const NOTHING_KNOWN: Omit<AuditRow, 'eventId' | 'timestamp' | 'kind' | 'action'> = {
	source: 'events',
	result: 'SUCCESS',
	...{ vaultId: null, vaultName: null, itemId: null, itemTitle: null, itemVersion: null },
	...{ tokenId: null, tokenName: null, userId: null, userName: null, userEmail: null },
	...{ ip: null, country: null, userAgent: null, workflowId: null, executionId: null, node: null, details: null },
};
