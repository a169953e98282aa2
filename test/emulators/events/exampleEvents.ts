import type { EventDraft, SeedEvent } from './emulator';

const VAULT = 'vaultexamplevaultexample22';
const ITEM = 'itemexampleitemexampleitem';

const WENDY = { uuid: 'WENDYEXAMPLEWENDYEXAMPLE22', name: 'Wendy Appleseed', email: 'wendy@example.com' };
const MALLORY = { uuid: 'MALLORYEXAMPLEMALLORYEXAMP', name: 'Mallory Doe', email: 'mallory@example.com' };

const CLIENT = {
	...{ app_name: '1Password Browser Extension', app_version: '81100120', platform_name: 'Chrome', platform_version: '140.0' },
	...{ os_name: 'MacOSX', os_version: '15.5', ip_address: '203.0.113.7' },
};
const LOCATION = { country: 'CA', region: 'Ontario', city: 'Toronto', latitude: 43.64, longitude: -79.43 };

export const ITEM_USAGE: EventDraft = {
	...{ used_version: 3, vault_uuid: VAULT, item_uuid: ITEM, action: 'reveal', account_uuid: 'EMULATEDACCOUNT' },
	user: { ...WENDY, user_type: 'user' },
	...{ client: CLIENT, location: LOCATION },
};

export const SIGN_IN_ATTEMPT: EventDraft = {
	...{ session_uuid: 'SESSIONEXAMPLESESSIONEXAMP', country: 'CA', category: 'success', type: 'credentials_ok' },
	...{ details: null, account_uuid: 'EMULATEDACCOUNT' },
	target_user: { ...WENDY, user_type: 'user' },
	...{ client: CLIENT, location: LOCATION },
};

export const AUDIT_EVENT: EventDraft = {
	...{ actor_uuid: WENDY.uuid, actor_details: WENDY, actor_type: 'user', account_uuid: 'EMULATEDACCOUNT' },
	...{ action: 'join', object_type: 'gm', object_uuid: 'GROUPEXAMPLEGROUPEXAMPLE22' },
	...{ aux_id: 7, aux_uuid: MALLORY.uuid, aux_details: MALLORY, aux_info: 'A' },
	session: { uuid: 'SESSIONEXAMPLESESSIONEXAMP', login_time: '2026-01-01T00:00:00Z', device_uuid: 'device', ip: '203.0.113.7' },
	location: LOCATION,
};

/** A small log over the hour before `nowMs`, with all three feeds, a refused sign-in, and noise. */
export function exampleEvents(nowMs: number): SeedEvent[] {
	const at = (minutesAgo: number): string => new Date(nowMs - minutesAgo * 60_000).toISOString();
	return [
		{ feed: 'signinattempts', event: { ...SIGN_IN_ATTEMPT, timestamp: at(58) } },
		{ feed: 'itemusages', event: { ...ITEM_USAGE, timestamp: at(55) } },
		{ feed: 'itemusages', event: { ...ITEM_USAGE, action: 'fill', timestamp: at(40) } },
		{
			feed: 'signinattempts',
			event: {
				...SIGN_IN_ATTEMPT,
				...{ category: 'firewall_failed', type: 'continent_blocked', details: { value: 'Europe' } },
				...{ country: 'FR', target_user: MALLORY, timestamp: at(30) },
			},
		},
		{ feed: 'auditevents', event: { ...AUDIT_EVENT, action: 'dlgsess', object_type: 'dlgdsess', timestamp: at(25) } },
		{ feed: 'auditevents', event: { ...AUDIT_EVENT, timestamp: at(20) } },
		{
			feed: 'auditevents',
			event: { ...AUDIT_EVENT, action: 'patch', object_type: 'items', object_uuid: VAULT, aux_info: '2', timestamp: at(10) },
		},
	];
}
