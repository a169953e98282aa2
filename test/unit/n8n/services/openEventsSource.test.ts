import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IHttpRequestOptions } from 'n8n-workflow';

import type { EventsFeed } from '../../../../nodes/shared/core/events/eventsFeed';
import { openEventsSource } from '../../../../nodes/shared/n8n/services/openEventsSource';
import { PACKAGE_VERSION } from '../../../../nodes/shared/n8n/services/userAgent';
import { exampleEvents, startEventsEmulator, type EventsEmulator, type TokenGrant } from '../../../emulators/events';
import { expectRefusal } from '../../../support/refusal';
import { eventsHttp } from '../../../support/eventsHttp';
import { fakeNode } from '../fakeNode';

const HOUR_MS = 3_600_000;

let emulator: EventsEmulator;

/** What the credential let go, before the test led it to the emulator. */
let sent: IHttpRequestOptions[];

beforeEach(async () => {
	sent = [];
	emulator = await startEventsEmulator({ seed: exampleEvents(Date.now()) });
});

afterEach(async () => {
	await emulator.close();
});

function node(credential: Record<string, string>): ReturnType<typeof fakeNode> {
	return fakeNode({ credential, http: eventsHttp(emulator, credential, sent) });
}

async function actionsOf(grant: TokenGrant, options: { feeds?: EventsFeed[]; withNoise?: boolean } = {}, server = 'fromToken'): Promise<string[]> {
	const source = await openEventsSource(node({ accessToken: emulator.issueToken(grant), server }), options);
	const { rows } = await source.readNew(undefined, { from: Date.now() - HOUR_MS, maxRows: 100, deadline: Infinity });
	return rows.map(({ action }) => action);
}

describe('the Events API of a node', () => {
	it('is read with all feeds that the token may read, at the server it names', async () => {
		expect(await actionsOf({ audience: ['events.1password.ca'] })).toEqual([
			...['credentials_ok', 'reveal', 'fill', 'continent_blocked', 'join', 'patch'],
		]);
		expect(new Set(sent.map(({ url }) => new URL(url).origin))).toEqual(new Set(['https://events.1password.ca']));
		expect(new Set(emulator.requests.map(({ userAgent }) => userAgent))).toEqual(new Set([`n8n-nodes-1password-connect/${PACKAGE_VERSION}`]));
		expect(await actionsOf({ features: ['itemusages'] })).toEqual(['reveal', 'fill']);
	});

	it('is read with the chosen feeds, and with noise where it is asked for', async () => {
		expect(await actionsOf({}, { feeds: ['auditEvent'], withNoise: true })).toEqual(['dlgsess', 'join', 'patch']);
		expect(emulator.requests.map(({ path }) => path)).toEqual(['/api/v2/auditevents']);
	});

	it('takes an old token to the server that was chosen', async () => {
		const old: TokenGrant = { features: null, audience: ['com.1password.streamingservice'] };
		expect(await actionsOf(old, { feeds: ['itemUsage'] }, 'events.1password.eu')).toEqual(['reveal', 'fill']);
		expect(sent[0]?.url).toBe('https://events.1password.eu/api/v2/itemusages');
	});

	it.each<[string, TokenGrant, { feeds?: EventsFeed[] }, object]>([
		['a host that is not on the list', { audience: ['events.evil.example'] }, {}, { code: 'INVALID_INPUT' }],
		['no host', { audience: ['com.1password.streamingservice'] }, {}, { code: 'INVALID_INPUT' }],
		['a time that is over', { expiresAt: Date.now() - HOUR_MS }, {}, { code: 'AUTH_FAILED' }],
		['no right to a chosen feed', { features: ['itemusages'] }, { feeds: ['itemUsage', 'auditEvent'] }, { code: 'FORBIDDEN' }],
		['no rights', { features: [] }, {}, { code: 'FORBIDDEN' }],
		['no feed chosen', {}, { feeds: [] }, { code: 'INVALID_INPUT' }],
	])('is refused for a token with %s, before anything is sent', async (_what, grant, options, expected) => {
		const accessToken = emulator.issueToken(grant);
		await expectRefusal(openEventsSource(node({ accessToken, server: 'fromToken' }), options), expected as never, [accessToken]);
		expect([sent, emulator.requests]).toEqual([[], []]);
	});

	it('bears a clock that is a little ahead', async () => {
		expect(await actionsOf({ expiresAt: Date.now() + 10_000 }, { feeds: ['itemUsage'] })).toEqual(['reveal', 'fill']);
		const accessToken = emulator.issueToken({ expiresAt: Date.now() - 60_000 });
		const source = await openEventsSource(node({ accessToken }), { feeds: ['itemUsage'] });
		await expectRefusal(source.readNew(undefined, { maxRows: 1, deadline: Infinity }), { code: 'AUTH_FAILED', status: 401 }, [accessToken]);
	});
});
