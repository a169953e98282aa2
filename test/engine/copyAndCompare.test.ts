import type { ConnectEmulator } from '../emulators/connect';
import { canary } from '../support/canaries';
import { byName, byReference, onItem } from '../support/parameters';
import { AS_TOOL, runNode, type Credential, type NodeRunResult } from './support/engine';
import { useOwnServer } from './support/ownServer';

const KEY = canary('key');

let emulator: ConnectEmulator;
let credential: Credential;

const DATABASE = {
	title: 'Orders database',
	category: 'DATABASE',
	tags: ['orders'],
	urls: [{ href: 'https://db.example.com', primary: true }],
	sections: [{ id: 'replica', label: 'Replica' }],
	fields: [
		{ id: 'username', type: 'STRING', label: 'username', value: 'app' },
		{ id: 'password', type: 'CONCEALED', label: 'password', value: KEY },
		{ id: 'r1', type: 'CONCEALED', label: 'password', section: { id: 'replica' }, value: canary('replica') },
		{ id: 'until', type: 'DATE', label: 'valid until', value: '1769817600' },
	],
};

useOwnServer(
	{
		vaults: [
			{
				name: 'Production',
				items: [
					DATABASE,
					{
						title: 'Deploy key',
						category: 'SSH_KEY',
						fields: [{ id: 'private_key', type: 'SSHKEY', label: 'private key', value: canary('ssh') }],
					},
					{ title: 'With file', category: 'LOGIN', files: [{ name: 'a.txt', content: 'a' }] },
					{ title: 'Twin', category: 'LOGIN' },
					{ title: 'twin', category: 'LOGIN' },
				],
			},
			{ name: 'Staging', items: [{ title: 'Only here', category: 'LOGIN' }] },
		],
	},
	(server) => ({ emulator, credential } = server),
);

const run = async (parameters: Parameters<typeof runNode>[0]['parameters']): Promise<NodeRunResult> => await runNode({ credential, parameters });

const outputOf = ({ outputs }: NodeRunResult): Record<string, unknown> => ({ ...outputs[0]?.[0]?.json });

const copyOf = (title: string, rest: object = {}): Parameters<typeof runNode>[0]['parameters'] =>
	onItem('copy', byName(title), { destinationVault: byName('Staging'), ...rest });

const compareWith = (title: string): Parameters<typeof runNode>[0]['parameters'] =>
	onItem('compare', byName('Orders database'), { subject: 'items', otherVault: byName('Staging'), otherItem: byName(title) });

describe('item: copy', () => {
	it('creates the same item in the other vault, without showing a secret', async () => {
		const result = await run(copyOf('Orders database'));
		expect(outputOf(result)).toMatchObject({ created: true, confirmed: true, leftOut: [], copiedFrom: { version: 1 } });
		expect(result.saved).not.toContain('CANARY');
		const copy = emulator.admin.items('Staging').find(({ title }) => title === 'Orders database');
		expect(copy).toMatchObject({ category: 'DATABASE', tags: ['orders'] });
		const valueOf = (label: string, section?: string): unknown =>
			copy?.fields?.find((field) => field.label === label && field.section?.id === section)?.value;
		expect(valueOf('password')).toBe(KEY);
		expect(valueOf('password', 'replica')).toBe(canary('replica'));
		expect(valueOf('valid until')).toBe('1769817600');
		expect(copy?.sections).toContainEqual(expect.objectContaining({ id: 'replica', label: 'Replica' }));
	});

	it('gives the copy a different title', async () => {
		await run(copyOf('Orders database', { options: { title: 'Orders (staging)' } }));
		expect(emulator.admin.items('Staging').map(({ title }) => title)).toContain('Orders (staging)');
	});

	it.each([
		['an SSH key', 'Deploy key', 'is of category SSH_KEY'],
		['an item with files', 'With file', 'has files'],
	])('refuses %s, and sends nothing', async (_what, title, reason) => {
		const { error } = await run(copyOf(title));
		expect(error?.message).toContain(reason);
		expect(emulator.requests.every(({ method }) => method === 'GET')).toBe(true);
	});

	it('refuses an item whose field Connect would change, and names the field', async () => {
		emulator.admin.createItem('Production', {
			title: 'Office',
			category: 'LOGIN',
			fields: [{ id: 'street', type: 'ADDRESS', label: 'street', value: 'Main St' }],
		});
		emulator.admin.settle();
		const { error } = await run(copyOf('Office'));
		expect(error?.message).toContain('"street" (street) of type ADDRESS');
	});

	it('refuses an empty title', async () => {
		const { error } = await run(copyOf('Orders database', { options: { title: '' } }));
		expect(error?.message).toContain("'Title' is empty");
	});
});

describe('item: compare', () => {
	it('reports a copy as the same', async () => {
		await run(copyOf('Orders database'));
		const result = await run(compareWith('Orders database'));
		expect(outputOf(result)).toMatchObject({ status: 'same', differentFields: [], differentAttributes: [], sameFields: 4 });
		expect(result.saved).not.toContain('CANARY');
	});

	it('lists different fields and attributes without values', async () => {
		emulator.admin.createItem('Staging', {
			...DATABASE,
			tags: ['other'],
			fields: [
				{ id: 'u', type: 'STRING', label: 'Username', value: 'app' },
				{ id: 'p', type: 'CONCEALED', label: 'password', value: canary('other') },
				{ id: 'x', type: 'STRING', label: 'extra', value: canary('extra') },
			],
		});
		emulator.admin.settle();
		const result = await run(compareWith('Orders database'));
		const output = outputOf(result);
		expect(output).toMatchObject({ status: 'different', differentAttributes: ['tags'], sameFields: 1 });
		expect(output.differentFields).toEqual([
			{ label: 'password', section: '', status: 'different' },
			{ label: 'password', section: 'Replica', status: 'onlyInFirst' },
			{ label: 'valid until', section: '', status: 'onlyInFirst' },
			{ label: 'extra', section: '', status: 'onlyInSecond' },
		]);
		expect(result.saved).not.toContain('CANARY');
	});

	it('compares two vaults by title, and does not guess between items with the same title', async () => {
		await run(copyOf('Orders database'));
		emulator.admin.createItem('Staging', { title: 'TWIN', category: 'LOGIN' });
		emulator.admin.settle();
		const parameters = {
			resource: 'item',
			operation: 'compare',
			subject: 'vaults',
			vault: byName('Production'),
			otherVault: byName('Staging'),
		};
		const rows = ((await run(parameters)).outputs[0] ?? []).map(({ json }) => [String(json.title).toLowerCase(), json.status]);
		expect(rows).toEqual([
			['deploy key', 'onlyInFirst'],
			['only here', 'onlyInSecond'],
			['orders database', 'same'],
			['twin', 'ambiguous'],
			['with file', 'onlyInFirst'],
		]);
	});

	it.each(AS_TOOL)('shows an AI agent no value (%s)', async (_how, node) => {
		await run(copyOf('Orders database'));
		const { saved } = await runNode({ credential, node, parameters: compareWith('Orders database') });
		expect(saved).toContain('"same"');
		expect(saved).not.toContain('CANARY');
	});
});

describe('item: get many in all vaults', () => {
	const parameters = { resource: 'item', operation: 'getMany', searchIn: 'allVaults', returnAll: true };

	it('lists every vault with one request each', async () => {
		const rows = (await run(parameters)).outputs[0] ?? [];
		expect(rows.map(({ json }) => json.title)).toEqual(expect.arrayContaining(['Orders database', 'Only here']));
		expect(emulator.requests).toHaveLength(3);
	});

	it('returns items changed after a given time', async () => {
		const [before] = emulator.admin.items('Staging');
		await new Promise((resolve) => setTimeout(resolve, 5));
		const time = new Date().toISOString();
		await new Promise((resolve) => setTimeout(resolve, 1_005));
		emulator.admin.editItem('Staging', String(before?.id), { title: 'Changed' });
		emulator.admin.settle();
		const rows = (await run({ ...parameters, filters: { updatedAfter: time } })).outputs[0] ?? [];
		expect(rows.map(({ json }) => json.title)).toEqual(['Changed']);
		const refused = await run({ ...parameters, filters: { updatedAfter: '' } });
		expect(refused.error?.message).toContain("'Updated After' is not a valid time");
	});
});

describe('If Not Found', () => {
	const get = (ifNotFound: string, title: string): Parameters<typeof runNode>[0]['parameters'] =>
		onItem('get', byName(title), { options: { ifNotFound } });

	it.each([
		['empty', [{ found: false }]],
		['skip', []],
	])('returns %s if the item does not exist', async (choice, expected) => {
		const { outputs, error } = await run(get(choice, 'Missing'));
		expect(error).toBeUndefined();
		expect((outputs[0] ?? []).map(({ json }) => json)).toEqual(expected);
	});

	it('marks an item that exists', async () => {
		expect(outputOf(await run(get('empty', 'Orders database')))).toMatchObject({ title: 'Orders database', found: true });
		expect(outputOf(await run(get('skip', 'Orders database')))).not.toHaveProperty('found');
	});

	it.each(['fail', 'empty', 'skip'])('still fails for an ambiguous name (%s)', async (choice) => {
		emulator.admin.createItem('Production', { title: 'Twin', category: 'LOGIN' });
		emulator.admin.settle();
		expect((await run(get(choice, 'Twin'))).error?.message).toContain('Twin');
	});

	const resolve = (ifNotFound: string): Parameters<typeof runNode>[0]['parameters'] => ({
		resource: 'secret',
		operation: 'resolve',
		specifyReferences: 'list',
		referenceList: 'A=op://Production/Orders database/password\nB=op://Production/Missing/password\nC=op://Nowhere/x/y',
		reveal: 'all',
		options: { ifNotFound },
	});

	it('returns null for a missing secret', async () => {
		const output = outputOf(await run(resolve('empty')));
		expect(output.secrets).toEqual({ A: KEY, B: null, C: null });
		expect(output.references).toMatchObject([
			{ name: 'A', found: true },
			{ name: 'B', found: false, code: 'ITEM_NOT_FOUND' },
			{ name: 'C', found: false, code: 'VAULT_NOT_FOUND' },
		]);
	});

	it('skips it, or fails', async () => {
		expect(outputOf(await run(resolve('skip'))).secrets).toEqual({ A: KEY });
		expect((await run(resolve('fail'))).error?.message).toContain('Missing');
	});

	it('fails if the token is refused', async () => {
		const { error } = await runNode({ credential: { ...credential, accessToken: 'x' }, parameters: resolve('skip') });
		expect(error).toBeDefined();
	});
});

it('compares by reference without a separate vault', async () => {
	await run(copyOf('Orders database'));
	const result = await run({
		resource: 'item',
		operation: 'compare',
		item: byReference('op://Production/Orders database'),
		otherItem: byReference('op://Staging/Orders database'),
	});
	expect(outputOf(result)).toMatchObject({ status: 'same' });
});
