/** The parts that the events of all feeds consist of. Any of them may be missing and is then `null`. */

import type { AuditRow } from '../audit/rows/auditRow';
import { toFitText } from '../audit/rows/logText';
import { toObject, type JsonObject } from '../json';

export function userOf(user: unknown): Pick<AuditRow, 'userId' | 'userName' | 'userEmail'> {
	const { uuid, name, email } = toObject(user);
	return { userId: textOf(uuid), userName: textOf(name), userEmail: textOf(email) };
}

export function userKindOf(user: unknown): JsonObject {
	const { user_type: type, user_account_uuid: account } = toObject(user);
	return { userType: textOf(type), userAccountId: textOf(account) };
}

export function personOf(person: unknown): JsonObject | null {
	const { uuid, name, email } = toObject(person);
	const known = withoutNothing({ id: textOf(uuid), name: textOf(name), email: textOf(email) });
	return Object.keys(known).length === 0 ? null : known;
}

/** Formatted like a User-Agent, so that programs can be told apart in the same way. */
export function clientOf(client: unknown): Pick<AuditRow, 'ip' | 'userAgent'> {
	const { app_name: name, app_version: version, ip_address: ip } = toObject(client);
	const userAgent = [textOf(name), textOf(version)].filter((part) => part !== null).join('/');
	return { ip: textOf(ip), userAgent: userAgent === '' ? null : userAgent };
}

export function deviceOf(client: unknown): JsonObject {
	const { platform_name: platform, platform_version: platformVersion, os_name: os, os_version: osVersion } = toObject(client);
	return { platform: textOf(platform), platformVersion: textOf(platformVersion), os: textOf(os), osVersion: textOf(osVersion) };
}

export function placeOf(location: unknown): JsonObject {
	const { region, city, latitude, longitude } = toObject(location);
	return { region: textOf(region), city: textOf(city), latitude: numberOf(latitude), longitude: numberOf(longitude) };
}

export function withoutNothing(members: JsonObject): JsonObject {
	return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null));
}

export function textOf(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? toFitText(value) : null;
}

export function numberOf(value: unknown): number | null {
	return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
