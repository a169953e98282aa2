import { NO_LAG, startConnectEmulator, type ConnectEmulator, type SeedItem } from '../emulators/connect';
import { canary, leaksIn } from '../support/canaries';
import { TriggerHost, type HostOptions } from './support/triggerHost';

/** What the trigger outputs, and what it leaves in n8n's database, which is plain text. */

const NAMES = ['secret', 'hidden', 'plain', 'note', 'old', 'new', 'sectioned', 'address', 'file'];

const SECRETS = NAMES.map(canary);

/** Those that only a reveal may show. */
const CONCEALED = ['secret', 'hidden', 'note', 'old', 'new', 'sectioned', 'address'].map(canary);

const ITEM: SeedItem = {
	title: 'Payments API',
	category: 'API_CREDENTIAL',
	tags: ['payments'],
	sections: [{ id: 'admin', label: 'Admin' }],
	urls: [{ href: `https://ada:${encodeURIComponent(canary('address'))}@example.com/`, primary: true }],
	fields: [
		{ id: 'secret', type: 'CONCEALED', label: 'secret', value: canary('secret') },
		{ id: 'hidden', type: 'CONCEALED', label: 'hidden', value: canary('hidden') },
		{ id: 'rotating', type: 'CONCEALED', label: 'rotating', value: canary('old') },
		{ id: 'plain', type: 'STRING', label: 'plain', value: canary('plain') },
		{ id: 'notesPlain', type: 'STRING', purpose: 'NOTES', label: 'notesPlain', value: canary('note') },
		{ id: 'sectioned', type: 'CONCEALED', label: 'sectioned', section: { id: 'admin' }, value: canary('sectioned') },
	],
	files: [{ name: 'key.txt', content: canary('file') }],
};

let emulator: ConnectEmulator;

const open = async (items: readonly SeedItem[]): Promise<void> => {
	emulator = await startConnectEmulator({ behaviour: NO_LAG, seed: { vaults: [{ name: 'Production', items }] } });
};

afterEach(async () => await emulator.close());

const start = async (parameters: HostOptions['parameters']): Promise<TriggerHost> => {
	const host = await TriggerHost.start({ credential: { serverUrl: emulator.url, accessToken: emulator.token }, parameters });
	await host.activate();
	return host;
};

const rotate = (value = canary('new')): void => {
	const [item] = emulator.admin.items('Production');
	emulator.admin.editItem('Production', item?.id ?? '', ({ fields }) => {
		for (const field of fields) if (field.id === 'rotating') field.value = value;
	});
};

/** A change repeated because of a crash, a failure, and a creation. */
async function live(host: TriggerHost): Promise<{ told: string; kept: string; failed: string }> {
	const kept: string[] = [];
	const keep = (): void => void kept.push(host.database.staticData, host.database.cursor ?? '');
	keep();
	rotate();
	host.crash = 'beforeExecution';
	await host.tick();
	keep();
	await host.restart();
	keep();
	emulator.admin.createItem('Production', { ...ITEM, title: 'Second' });
	emulator.faults.script({ kind: 'status', status: 401, body: { status: 401, message: canary('secret') }, times: 1 });
	await host.tick();
	await host.tick();
	keep();
	expect(host.executions.map(({ events }) => events.map(({ kind }) => kind))).toEqual([['updated'], ['created']]);
	const failed = JSON.stringify(host.failures.map((failure) => [failure, failure.message, failure.description, failure.stack]));
	return {
		told: JSON.stringify(host.executions.map(({ events }) => events)),
		kept: [...kept, ...[...host.lost, ...host.executions].map(({ staticData }) => staticData)].join('\n'),
		failed,
	};
}

describe('values of an item', () => {
	beforeEach(async () => await open([ITEM]));

	it.each(['versions', 'fields'])('are not emitted, stored or shown in an error at the level "%s"', async (detail) => {
		const host = await start({ detail });
		const { told, kept, failed } = await live(host);
		expect(leaksIn(told + kept + failed, SECRETS)).toEqual([]);
		expect(leaksIn(told + kept + failed, [emulator.token])).toEqual([]);
	});

	it('are not read at the level "versions"', async () => {
		await live(await start({ detail: 'versions' }));
		expect(emulator.requests.filter(({ route }) => route === '/v1/vaults/{vaultUuid}/items/{itemUuid}')).toEqual([]);
	});

	it('are reported by field name at the level "fields"', async () => {
		const host = await start({ detail: 'fields' });
		rotate();
		expect(await host.tick()).toMatchObject([
			{ changedFields: [{ id: 'rotating', label: 'rotating', section: '', kind: 'changed' }], changedAttributes: [] },
		]);
	});

	it.each([true, false])('are concealed in the full item by default, and never stored (simplify %s)', async (simplify) => {
		const host = await start({ detail: 'item', reveal: 'none', simplify });
		const { told, kept, failed } = await live(host);
		expect(leaksIn(told, CONCEALED)).toEqual([]);
		expect(leaksIn(kept + failed, SECRETS)).toEqual([]);
		expect(leaksIn(told, [canary('plain')])).toHaveLength(1);
	});

	it('are emitted if revealed, also in a repeat, but never stored', async () => {
		const host = await start({ detail: 'item', reveal: 'all', simplify: true });
		const { told, kept, failed } = await live(host);
		expect(leaksIn(told, ['secret', 'hidden', 'note', 'new', 'sectioned'].map(canary))).toHaveLength(5);
		expect(leaksIn(JSON.stringify(host.executions[0]?.events), [canary('new')])).toHaveLength(1);
		expect(leaksIn(kept + failed, SECRETS)).toEqual([]);
	});

	it('are emitted individually if single fields are revealed', async () => {
		const host = await start({ detail: 'item', reveal: 'selected', revealFields: ['rotating'], simplify: true });
		const { told } = await live(host);
		expect(leaksIn(told, CONCEALED).sort()).toEqual(['new', 'old'].map(canary).sort());
	});

	it('are not shown by the test button, and the state is unchanged', async () => {
		const host = await start({ detail: 'item', reveal: 'none', simplify: true });
		const before = host.database.staticData;
		expect(leaksIn(JSON.stringify(await host.test()), CONCEALED)).toEqual([]);
		expect(host.database.staticData).toBe(before);
	});
});

it('the state takes at most 26 bytes for each of 1,000 items, without their titles', async () => {
	await open([]);
	const host = await start({});
	const empty = host.database.staticData.length;
	for (let number = 0; number < 1000; number++) {
		emulator.admin.createItem('Production', { title: `${canary('title')} ${number}`, tags: [canary('tag')] });
	}
	host.change({ events: ['deleted'] });
	await host.activate('update');
	expect((host.database.staticData.length - empty) / 1000).toBeLessThanOrEqual(26);
	expect((host.database.staticData.length - empty) / 1000).toBeGreaterThan(20);
	expect(leaksIn(host.database.staticData, [canary('title'), canary('tag')])).toEqual([]);
});
