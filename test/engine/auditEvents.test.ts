import nock from 'nock';

import { exampleEvents, startEventsEmulator, type EventsEmulator } from '../emulators/events';
import { leaksIn } from '../support/canaries';
import { AuditHost, type AuditHostOptions } from './support/auditHost';
import { allowOnlyThisMachine } from './support/onlyEmulator';

/** The audit node over the Events API in n8n's engine: its own credential, and the server that the token names. */

const SERVER = 'https://events.1password.com';

const hosts = allowOnlyThisMachine();

let emulator: EventsEmulator;

beforeEach(async () => {
	emulator = await startEventsEmulator({ seed: exampleEvents(Date.now() - 60_000) });
	const answer = async (method: string, path: string, authorization: string, body?: string): Promise<[number, string, Record<string, string>]> => {
		const response = await fetch(emulator.url + path, { method, headers: { authorization, 'content-type': 'application/json' }, body });
		return [response.status, await response.text(), { 'content-type': response.headers.get('content-type') ?? '' }];
	};
	nock(SERVER)
		.persist()
		.post(/.*/)
		.reply(async function (path, body) {
			return await answer('POST', path, String(this.req.headers.authorization), typeof body === 'string' ? body : JSON.stringify(body));
		});
});

afterEach(async () => {
	nock.cleanAll();
	await emulator.close();
});

const open = async (parameters: AuditHostOptions['parameters'] = {}, eventsToken = emulator.token): Promise<AuditHost> =>
	await AuditHost.open({ serverUrl: 'http://127.0.0.1:9', accessToken: 'unused' }, { parameters: { source: 'events', ...parameters }, eventsToken });

const since = { startFrom: 'time', startTime: new Date(Date.now() - 24 * 3_600_000).toISOString() };

it("emits each event once, with people's names, and confirms", async () => {
	const host = await open(since);
	const { events, confirmed, error } = await host.run();
	expect(error).toBeUndefined();
	expect(events).toHaveLength(6);
	expect(events).toContainEqual(expect.objectContaining({ source: 'events', kind: 'itemUsage', action: 'reveal', userEmail: 'wendy@example.com' }));
	expect(confirmed).toMatchObject({ confirmed: true, events: 6 });
	expect((await host.run()).events).toEqual([]);
});

it('says how long 1Password keeps events if older ones are requested', async () => {
	const ago = (days: number): string => new Date(Date.now() - days * 24 * 3_600_000).toISOString();
	const host = await open();
	const range = { operation: 'getRange', source: 'events', rules: [], returnAll: true };
	const { events, hints } = await host.runAlone({ ...range, from: ago(130) });
	expect([events.length, hints]).toEqual([
		6,
		[expect.stringMatching(/keeps events for 120 days, and 'From' \(.*\) is earlier: events from before .* are not there/)],
	]);
	expect((await host.runAlone({ ...range, from: ago(119) })).hints).toEqual([]);
	const first = await open({ rules: [], startFrom: 'time', startTime: ago(130) });
	expect((await first.run()).hints).toEqual([expect.stringContaining("and 'Start Time' is earlier")]);
	expect((await first.run()).hints).toEqual([]);
});

it('finds anomalies per person', async () => {
	const host = await open({ ...since, rules: ['newIp', 'unknownClient'], ruleSettings: { learningDays: 0 } });
	const { anomalies } = await host.run();
	const told = anomalies.map(({ userEmail, reason }) => `${String(userEmail)}: ${String(reason)}`);
	expect(told.filter((text) => text.startsWith('wendy'))).not.toEqual([]);
	expect(told.filter((text) => text.startsWith('mallory'))).toEqual([expect.stringContaining('by this user')]);
});

it('has no tags, so the critical item rule is off, and says so if it was chosen', async () => {
	expect((await (await open(since)).run()).hints).toEqual([]);
	expect((await (await open({ ...since, rules: ['criticalItem'] })).run()).hints).toEqual([expect.stringContaining('does not report tags')]);
});

it('says that the token is wrong without showing it', async () => {
	const host = await open(since, 'not.a.token');
	const { error, saved } = await host.run();
	expect(error).toMatch(/token/i);
	expect(leaksIn(saved + host.staticData, ['not.a.token'])).toEqual([]);
});

it('stores no token or address in n8n, and contacts no other server', async () => {
	const host = await open(since);
	const { saved } = await host.run();
	expect(leaksIn(saved + host.staticData, [emulator.token])).toEqual([]);
	expect(host.staticData).not.toContain('wendy');
	expect([...hosts].filter((name) => name !== '127.0.0.1')).toEqual([]);
});
