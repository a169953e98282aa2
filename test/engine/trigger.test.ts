import { NO_LAG, startConnectEmulator, type ConnectEmulator } from '../emulators/connect';
import { byName } from '../support/parameters';
import { BASIC_EVENTS, TriggerHost, type EmittedEvent, type Failure } from './support/triggerHost';
import { HAS_DURABLE_SCHEDULER } from './support/pollExecutor';
import { allowOnlyThisMachine } from './support/onlyEmulator';

/** The trigger as n8n activates and polls it. */

const hosts = allowOnlyThisMachine();

let emulator: ConnectEmulator;

beforeEach(async () => {
	emulator = await startConnectEmulator({
		behaviour: NO_LAG,
		seed: {
			vaults: [
				{
					name: 'Production',
					items: [
						{ title: 'Payments API', tags: ['payments'], fields: [{ id: 'key', type: 'CONCEALED', label: 'key', value: 'one' }] },
						{ title: 'Database', category: 'DATABASE' },
						{ title: 'Mail' },
					],
				},
				{ name: 'Staging' },
			],
		},
	});
});

afterEach(async () => await emulator.close());

const start = async (parameters = {}, token = emulator.token): Promise<TriggerHost> =>
	await TriggerHost.start({ credential: { serverUrl: emulator.url, accessToken: token }, parameters });

const startActive = async (parameters = {}): Promise<TriggerHost> => {
	const host = await start(parameters);
	await host.activate();
	return host;
};

const idOf = (title: string): string => emulator.admin.items('Production').find((item) => item.title === title)?.id ?? '';

const rotate = (title: string, value = 'two'): void => {
	emulator.admin.editItem('Production', idOf(title), (item) => {
		for (const field of item.fields) if (field.id === 'key') field.value = value;
	});
};

const goDown = (): void => emulator.faults.script({ kind: 'status', status: 503, times: Infinity });

const comeBack = (): void => emulator.faults.clear();

const kindsOf = (events: readonly EmittedEvent[]): string[] => events.map(({ kind }) => kind);

const codesOf = (failures: readonly Failure[]): unknown[] => failures.map(({ context }) => context?.data?.code);

/** Only newer releases of n8n keep what an error declares. */
const causes = (...expected: string[]): unknown[] => expected.map((cause) => (HAS_DURABLE_SCHEDULER ? cause : undefined));

const causesOf = (failures: readonly Failure[]): unknown[] => failures.map(({ failure }) => failure?.cause);

describe('activation', () => {
	it('emits nothing and records what exists', async () => {
		const host = await startActive();
		expect(host.executions).toEqual([]);
		expect(host.database.staticData).toContain('"format":1');
		expect(await host.tick()).toEqual([]);
	});

	it.each([
		['a bad token', 'AUTH_FAILED', 'credential-invalid', {}, 'bad.token.here'],
		['an unknown vault', 'VAULT_NOT_FOUND', 'configuration-invalid', { scope: 'vaults', vaults: ['Nowhere'] }, undefined],
		['an unknown item', 'ITEM_NOT_FOUND', 'configuration-invalid', { scope: 'items', vault: byName('Production'), items: ['Nothing'] }, undefined],
		['no vault chosen', 'INVALID_INPUT', 'configuration-invalid', { scope: 'vaults', vaults: [] }, undefined],
		['no item chosen', 'INVALID_INPUT', 'configuration-invalid', { scope: 'items', vault: byName('Production'), items: [] }, undefined],
		['no event chosen', 'INVALID_INPUT', 'configuration-invalid', { events: [] }, undefined],
	])('fails with %s, and stores nothing', async (_what, code, cause, parameters, token) => {
		const host = await start(parameters, token);
		const failure = (await host.activate().catch((error: unknown) => error)) as Failure;
		expect(failure.constructor.name).toMatch(/^Node(Api|Operation)Error$/);
		expect(failure.message).toMatch(/^[A-Z'].{15,}/);
		expect(failure.description).toContain(`[${code}]`);
		expect(codesOf([failure])).toEqual([code]);
		expect(causesOf([failure])).toEqual(causes(cause));
		expect([host.database.staticData, host.executions]).toEqual(['{}', []]);
	});

	it('starts with an event per item if requested', async () => {
		const host = await start({ options: { emitExisting: true } });
		expect(kindsOf(await host.activate())).toEqual(['existing', 'existing', 'existing']);
		expect(await host.tick()).toEqual([]);
	});
});

describe('a poll', () => {
	it('reports every change exactly once', async () => {
		const host = await startActive();
		rotate('Payments API');
		emulator.admin.editItem('Production', idOf('Database'), { title: 'Database 2' });
		emulator.admin.editItem('Production', idOf('Database 2'), { tags: ['moved on'] });
		emulator.admin.archiveItem('Production', idOf('Mail'));
		emulator.admin.createItem('Staging', { title: 'New', tags: ['b', 'a'] });
		const events = await host.tick();
		const told = Object.fromEntries(events.map((event) => [event.item?.title ?? '', event]));
		expect(Object.keys(told).sort()).toEqual(['Database 2', 'Mail', 'New', 'Payments API']);
		for (const event of events) {
			const vault = event.vault as { id: string };
			const truth = emulator.admin.item(vault.id, event.item?.id ?? '');
			expect(event.item).toMatchObject({ title: truth.title, tags: truth.tags ?? [], category: truth.category });
			expect([event.version, event.updatedAt]).toEqual([truth.version, truth.updatedAt]);
			expect(event.eventId).toMatch(new RegExp(`^${vault.id}/${truth.id}@${truth.version}(#archived)?$`));
			expect(event.redelivered).toBe(false);
		}
		expect(told['Database 2']).toMatchObject({ kind: 'updated', previousVersion: 1, version: 3, versionsAdvanced: 2 });
		expect(told.Mail).toMatchObject({ kind: 'archived' });
		expect(told.New).toMatchObject({ kind: 'created', vault: { name: 'Staging' } });
		expect(await host.tick()).toEqual([]);
		expect(host.executions).toHaveLength(1);
	});

	it('reports a deletion, and an item restored from the archive', async () => {
		const host = await startActive();
		const [gone, away] = [idOf('Mail'), idOf('Database')];
		emulator.admin.deleteItem('Production', gone);
		emulator.admin.archiveItem('Production', away);
		expect(kindsOf(await host.tick()).sort()).toEqual(['archived', 'deleted']);
		emulator.admin.restoreItem('Production', away);
		expect(await host.tick()).toMatchObject([{ kind: 'restored', item: { id: away } }]);
	});

	it('sends one request if nothing changed, and starts no empty execution', async () => {
		const host = await startActive();
		const before = emulator.requests.length;
		for (let poll = 0; poll < 5; poll++) await host.tick();
		expect(emulator.requests.slice(before).map(({ method, route }) => `${method} ${route}`)).toEqual(Array<string>(5).fill('GET /v1/vaults'));
		expect(host.executions).toEqual([]);
	});

	it.each(['versions', 'fields', 'item'])('reports a change once although polls overlap, at the level "%s"', async (detail) => {
		const host = await startActive({ detail, reveal: 'none', simplify: true });
		rotate('Payments API');
		emulator.behaviour.latencyMs = 40;
		await Promise.all([host.tick(), host.tick(), host.tick()]);
		expect(host.executions.map(({ events }) => kindsOf(events))).toEqual([['updated']]);
		rotate('Payments API', 'three');
		const slow = host.tick();
		emulator.behaviour.latencyMs = 0;
		await host.tick();
		await slow;
		await host.tick();
		expect(host.executions.map(({ events }) => kindsOf(events))).toEqual([['updated'], ['updated']]);
	});

	it('leaves a change for the workflow that is published during the poll', async () => {
		const host = await startActive();
		rotate('Payments API');
		emulator.behaviour.latencyMs = 40;
		await Promise.all([host.tick(), host.activate('update')]);
		await host.tick();
		const ids = new Set(host.executions.flatMap(({ events }) => events.map(({ eventId }) => eventId)));
		expect([...ids]).toEqual([expect.stringMatching(/@2$/)]);
		expect(host.failures).toEqual([]);
	});

	it('watches only the chosen items, even after they are renamed', async () => {
		const reference = `op://Production/${idOf('Mail')}`;
		const host = await startActive({ scope: 'items', vault: byName('Production'), items: ['Payments API', reference] });
		emulator.admin.editItem('Production', idOf('Payments API'), { title: 'Payments API 2' });
		rotate('Database');
		expect(await host.tick()).toMatchObject([{ kind: 'updated', item: { title: 'Payments API 2' } }]);
		rotate('Payments API 2');
		rotate('Mail');
		expect((await host.tick()).map(({ item }) => item?.title).sort()).toEqual(['Mail', 'Payments API 2']);
	});

	it('sends its workflow and node, but no execution', async () => {
		const host = await startActive();
		await host.tick();
		const agents = new Set(emulator.requests.map(({ userAgent }) => userAgent));
		// Once it has a state it says so, for the poll that finds none.
		expect([...agents]).toEqual([
			expect.stringMatching(/^n8n-nodes-1password-connect\/[\d.]+ \(workflow=wf-1; node=1Password%20Trigger\)$/),
			expect.stringMatching(/^n8n-nodes-1password-connect\/[\d.]+ \(workflow=wf-1; node=1Password%20Trigger; trigger=node-1\)$/),
		]);
	});
});

describe('a failing server', () => {
	it("causes one failed execution regardless of the outage's length, and nothing is lost", async () => {
		const host = await startActive();
		const before = host.database.staticData;
		goDown();
		rotate('Payments API');
		for (let poll = 0; poll < 4; poll++) expect(await host.tick()).toEqual([]);
		emulator.admin.deleteItem('Production', idOf('Mail'));
		await host.tick();
		expect(codesOf(host.failures)).toEqual(['UNAVAILABLE']);
		expect(causesOf(host.failures)).toEqual(causes('temporarily-unavailable'));
		expect(host.database.staticData).toBe(before);
		comeBack();
		expect(kindsOf(await host.tick())).toEqual(['updated', 'deleted']);
		goDown();
		await host.tick();
		expect(codesOf(host.failures)).toEqual(['UNAVAILABLE', 'UNAVAILABLE']);
	});

	it('causes one failed execution when the token is revoked', async () => {
		const token = emulator.issueToken();
		const host = await start({}, token);
		await host.activate();
		emulator.revokeToken(token);
		for (let poll = 0; poll < 3; poll++) await host.tick();
		expect(codesOf(host.failures)).toEqual(['AUTH_FAILED']);
		expect(causesOf(host.failures)).toEqual(causes('credential-invalid'));
	});

	it('does not keep the workflow inactive when n8n starts during the outage', async () => {
		const host = await startActive();
		goDown();
		rotate('Payments API');
		expect(await host.restart()).toEqual([]);
		expect(host.failures).toEqual([]);
		await host.tick();
		expect(codesOf(host.failures)).toEqual(['UNAVAILABLE']);
		comeBack();
		expect(await host.tick()).toMatchObject([{ kind: 'updated', version: 2 }]);
	});

	it('fails the first activation', async () => {
		const host = await start();
		goDown();
		await expect(host.activate()).rejects.toMatchObject({ context: { data: { code: 'UNAVAILABLE' } } });
	});

	it('allows publishing a workflow again, and changes are reported when it is back', async () => {
		const host = await startActive();
		goDown();
		rotate('Payments API');
		expect(await host.activate('update')).toEqual([]);
		await host.tick();
		expect(codesOf(host.failures)).toEqual(['UNAVAILABLE']);
		comeBack();
		expect(await host.tick()).toMatchObject([{ kind: 'updated', version: 2 }]);
	});

	it('fails publishing again if it refuses the token', async () => {
		const host = await startActive();
		emulator.faults.script({ kind: 'status', status: 401, times: Infinity });
		await expect(host.activate('update')).rejects.toMatchObject({ context: { data: { code: 'AUTH_FAILED' } } });
	});

	it('is an event, and so is its return, if selected', async () => {
		const host = await startActive({ events: [...BASIC_EVENTS, 'serverHealth'] });
		goDown();
		rotate('Payments API');
		const down = [await host.tick(), await host.tick(), await host.tick()].flat();
		expect(down).toMatchObject([{ kind: 'serverUnreachable', reason: 'UNAVAILABLE' }]);
		comeBack();
		const back = [await host.tick(), await host.tick()].flat();
		expect(back).toMatchObject([{ kind: 'serverReachable', since: down[0]?.since }, { kind: 'updated' }]);
		expect(host.failures).toEqual([]);
	});
});

it("contacts only the credential's server", async () => {
	expect([...hosts]).toEqual(['127.0.0.1']);
	const elsewhere = await TriggerHost.start({ credential: { serverUrl: 'http://192.0.2.1', accessToken: emulator.token } });
	await expect(elsewhere.activate()).rejects.toMatchObject({ context: { data: { code: 'NETWORK' } } });
	expect([...hosts]).toEqual(['127.0.0.1', '192.0.2.1']);
});
