import { startConnectEmulator, type ConnectEmulator } from '../emulator';
import { canary } from '../support/canaries';
import { AS_TOOL, runNode, type Credential, type NodeRunResult } from './support/engine';
import { byId, byName, byReference, onItem, setFields } from '../support/parameters';

const KEY = canary('key');

let emulator: ConnectEmulator;
let credential: Credential;

// A server of its own for each test: n8n remembers for a while which versions it has written to one.
beforeEach(async () => {
	emulator = await startConnectEmulator({
		seed: {
			vaults: [
				{
					name: 'Production',
					items: [
						{
							title: 'Payments API',
							category: 'API_CREDENTIAL',
							tags: ['payments'],
							urls: [{ href: 'https://pay.example.com', primary: true }],
							sections: [{ id: 'admin', label: 'Admin' }],
							fields: [
								{ id: 'credential', type: 'CONCEALED', label: 'credential', value: KEY },
								{ id: 'keyid', type: 'STRING', label: 'key id', value: 'k-1' },
								{ id: 'pw', type: 'CONCEALED', label: 'password', value: canary('pw') },
								{ id: 'pw2', type: 'CONCEALED', label: 'password', section: { id: 'admin' }, value: canary('pw2') },
							],
							files: [{ name: 'deploy.pub', content: 'ssh-ed25519 public' }],
						},
						{ title: 'Second', category: 'LOGIN', tags: ['web'] },
					],
				},
				{ name: 'Staging' },
			],
		},
	});
	credential = { serverUrl: emulator.url, accessToken: emulator.token };
});

afterEach(async () => await emulator.close());

const run = async (parameters: Parameters<typeof runNode>[0]['parameters']): Promise<NodeRunResult> =>
	await runNode({ credential, parameters });

const outputOf = ({ outputs }: NodeRunResult): Record<string, unknown> => ({ ...outputs[0]?.[0]?.json });

const payments = (): string => emulator.admin.items('Production').find(({ title }) => title === 'Payments API')?.id ?? '';

describe('item: get', () => {
	it('hides secret values unless asked', async () => {
		const result = await run(onItem('get', byName('Payments API')));
		expect(outputOf(result)).toMatchObject({
			title: 'Payments API',
			version: 1,
			fields: {
				credential: '<concealed by 1Password>',
				'key id': 'k-1',
				password: '<concealed by 1Password>',
				'Admin.password': '<concealed by 1Password>',
			},
		});
		expect(result.saved).not.toContain('CANARY');
	});

	it('reveals the selected fields only', async () => {
		const result = await run(onItem('get', byName('Payments API'), { reveal: 'selected', revealFields: ['credential'] }));
		expect(outputOf(result)).toMatchObject({
			fields: { credential: KEY, password: '<concealed by 1Password>' },
		});
	});

	it('reveals everything when told so, and returns the raw item without Simplify', async () => {
		const result = await run(onItem('get', byName('Payments API'), { reveal: 'all', simplify: false }));
		const fields = outputOf(result).fields as Array<{ id: string; value?: string }>;
		expect(fields.find(({ id }) => id === 'credential')?.value).toBe(KEY);
	});

	it.each([
		['an id', () => onItem('get', byId(payments()))],
		['a reference, whatever the vault parameter holds', () => onItem('get', byReference('op://production/Payments API/credential'), { vault: { __rl: true, mode: 'list', value: '' } })],
	])('finds the item by %s', async (_how, parameters) => {
		expect(outputOf(await run(parameters()))).toMatchObject({ title: 'Payments API' });
	});

	it.each(AS_TOOL)('refuses to reveal to an AI agent (%s), before anything is sent', async (_how, node) => {
		const parameters = onItem('get', byName('Payments API'), { reveal: 'all' });
		const { saved } = await runNode({ credential, node, parameters });
		expect(saved).toContain('Secret values are not given to AI agents');
		expect(saved).not.toContain('CANARY');
		expect(emulator.requests).toHaveLength(0);
	});

	it.each(AS_TOOL)('gives an AI agent the item without its secrets (%s)', async (_how, node) => {
		const { saved } = await runNode({ credential, node, parameters: onItem('get', byName('Payments API')) });
		expect(saved).toContain('k-1');
		expect(saved).not.toContain('CANARY');
	});
});

describe('item: get many', () => {
	it('lists without fields, and filters by tag, category and title', async () => {
		const parameters = { resource: 'item', operation: 'getMany', vault: byName('Production'), returnAll: true };
		const titles = async (filters: object): Promise<unknown[]> =>
			((await run({ ...parameters, filters: { ...filters } })).outputs[0] ?? []).map(({ json }) => json.title);
		expect(await titles({})).toEqual(['Payments API', 'Second']);
		expect(await titles({ tag: 'web' })).toEqual(['Second']);
		expect(await titles({ category: 'API_CREDENTIAL' })).toEqual(['Payments API']);
		expect(await titles({ titleContains: 'payMENTS' })).toEqual(['Payments API']);
		expect(await titles({ tag: 'we' })).toEqual([]);
	});

	it('stops at the limit', async () => {
		const result = await run({ resource: 'item', operation: 'getMany', vault: byName('Production'), limit: 1 });
		expect(result.outputs[0]).toHaveLength(1);
	});
});

describe('item: create, update, upsert, delete', () => {
	it('creates an item whose secret is generated by the server and never passes through n8n', async () => {
		const result = await run({
			resource: 'item',
			operation: 'create',
			vault: byName('Staging'),
			title: 'Generated',
			category: 'LOGIN',
			fields: {
				values: [
					{ field: 'username', mode: 'set', value: 'ada' },
					{ field: 'password', mode: 'generate', length: 20, characterSets: ['DIGITS'] },
					{ field: 'pin', mode: 'set', value: 1234, type: 'CONCEALED', section: 'Codes' },
				],
			},
			additionalFields: { tags: 'b, a' },
		});
		expect(outputOf(result)).toMatchObject({ created: true, confirmed: true, version: 1, tags: ['a', 'b'] });
		const [item] = emulator.admin.items('Staging');
		const fields = item?.fields ?? [];
		expect(fields.find(({ id }) => id === 'password')?.value).toMatch(/^\d{20}$/);
		expect(fields.find(({ purpose }) => purpose === 'USERNAME')?.value).toBe('ada');
		expect(fields.find(({ label }) => label === 'pin')).toMatchObject({ type: 'CONCEALED', value: '1234' });
		expect(item?.sections).toContainEqual(expect.objectContaining({ label: 'Codes' }));
	});

	it('updates only what changes, waits until a read shows it, and says what it did without values', async () => {
		const result = await run(
			onItem('update', byName('Payments API'), {
				...setFields({ credential: canary('new'), 'key id': 'k-1', 'Admin.password': canary('admin') }),
				updateFields: { addTags: 'rotated', title: 'Payments API v2' },
			}),
		);
		expect(result.saved.split('"Start"')[0]).not.toContain('CANARY');
		expect(outputOf(result)).toMatchObject({
			changed: true,
			confirmed: true,
			concurrentEdit: false,
			previousVersion: 1,
			version: 2,
			changes: [
				{ target: 'title', kind: 'changed' },
				{ target: 'tags', kind: 'changed' },
				{ target: 'field', kind: 'changed', label: 'credential' },
				{ target: 'field', kind: 'changed', label: 'password', section: 'Admin' },
			],
		});
		const patch = emulator.requests.find(({ method }) => method === 'PATCH');
		expect((patch?.body as Array<{ path: string }>).map(({ path }) => path)).toEqual([
			'/title',
			'/tags',
			'/fields/credential/value',
			'/fields/pw2/value',
		]);
	});

	it('sends nothing when nothing changes, and nothing on a dry run', async () => {
		const same = await run(onItem('update', byName('Payments API'), setFields({ credential: KEY })));
		expect(outputOf(same)).toMatchObject({ changed: false, changes: [], version: 1 });
		const dry = await run(
			onItem('update', byName('Payments API'), { ...setFields({ credential: 'x' }), options: { dryRun: true } }),
		);
		expect(outputOf(dry)).toMatchObject({ changed: false, changes: [{ label: 'credential' }], version: 1 });
		expect(emulator.requests.every(({ method }) => method === 'GET')).toBe(true);
	});

	it('clears, removes, generates and adds fields', async () => {
		const result = await run(
			onItem('update', byName('Payments API'), {
				fields: {
					values: [
						{ field: 'key id', mode: 'clear' },
						{ field: 'Admin.password', mode: 'remove' },
						{ field: 'credential', mode: 'generate', length: 12, characterSets: ['LETTERS'] },
						{ field: 'note', mode: 'set', value: 'hello', type: 'STRING', section: 'Rotation' },
					],
				},
				options: { addMissingFields: true },
			}),
		);
		expect(outputOf(result)).toMatchObject({ changed: true, confirmed: true });
		const fields = emulator.admin.item('Production', payments()).fields ?? [];
		expect(fields.find(({ id }) => id === 'keyid')?.value).toBeUndefined();
		expect(fields.find(({ id }) => id === 'pw2')).toBeUndefined();
		expect(fields.find(({ id }) => id === 'credential')?.value).toMatch(/^[A-Za-z]{12}$/);
		expect(fields.find(({ label }) => label === 'note')).toMatchObject({ type: 'STRING', value: 'hello' });
	});

	it('refuses to write when the item has moved on', async () => {
		const result = await run(
			onItem('update', byName('Payments API'), { ...setFields({ credential: 'x' }), options: { expectedVersion: 3 } }),
		);
		expect(result.error?.message).toContain('not at the expected version 3');
		expect(emulator.requests.every(({ method }) => method === 'GET')).toBe(true);
	});

	it('upserts: one create for two inputs of one title, then nothing to do', async () => {
		const parameters = {
			resource: 'item',
			operation: 'upsert',
			vault: byName('Staging'),
			title: 'Once',
			category: 'PASSWORD',
			fields: { values: [{ field: 'password', mode: 'generate' }, { field: 'owner', mode: 'set', value: 'ops', type: 'STRING' }] },
		};
		const result = await runNode({ credential, inputs: [{}, {}], parameters });
		expect(result.outputs[0]?.map(({ json }) => [json.created, json.changed])).toEqual([
			[true, true],
			[false, false],
		]);
		expect(emulator.admin.items('Staging')).toHaveLength(1);
	});

	it('deletes and waits until the item is gone', async () => {
		const result = await run(onItem('delete', byName('Second')));
		expect(outputOf(result)).toMatchObject({ deleted: true, confirmed: true });
		expect(emulator.admin.items('Production').map(({ title }) => title)).toEqual(['Payments API']);
	});
});

describe('vaults and files', () => {
	it('gets and lists vaults', async () => {
		const one = await run({ resource: 'vault', operation: 'get', vault: byName('staging') });
		expect(outputOf(one)).toMatchObject({ name: 'Staging', items: 0 });
		const all = await run({ resource: 'vault', operation: 'getMany', returnAll: true });
		expect(all.outputs[0]?.map(({ json }) => json.name)).toEqual(['Production', 'Staging']);
	});

	it('lists files and downloads one as n8n binary data', async () => {
		const list = await run({ resource: 'file', operation: 'getMany', vault: byName('Production'), item: byName('Payments API') });
		expect(outputOf(list)).toMatchObject({ name: 'deploy.pub', size: 18 });
		const { outputs } = await run({
			resource: 'file',
			operation: 'download',
			vault: byName('Production'),
			item: byName('Payments API'),
			file: byName('deploy.pub'),
		});
		const binary = outputs[0]?.[0]?.binary?.data;
		expect(binary).toMatchObject({ fileName: 'deploy.pub' });
		expect(Buffer.from(binary?.data ?? '', 'base64').toString()).toBe('ssh-ed25519 public');
	});
});

it('tells Connect which workflow, execution and node it reads for', async () => {
	await run(onItem('get', byName('Payments API')));
	expect(emulator.requests[0]?.userAgent).toMatch(
		/^n8n-nodes-1password-connect\/\d+\.\d+\.\d+ \(workflow=wf-1; execution=77; node=1Password\)$/,
	);
});
