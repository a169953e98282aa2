import type { INodeParameters } from 'n8n-workflow';

import { LANGUAGES, itemsInThreeLanguages, type ConnectEmulator, type SeedField, type SeedItem } from '../emulators/connect';
import rotateApiKey from '../../workflows/rotate-api-key.json';
import { canary, leaksIn } from '../support/canaries';
import { byName, onItem, setFields } from '../support/parameters';
import { runNode, type Credential, type NodeRunResult } from './support/engine';
import { useOwnServer } from './support/ownServer';

/** How the nodes find a field: by id and section, in every language, and if a server sends less than usual. */

const PROD = canary('prod');
const TEST = canary('test');
const FORM = canary('form');
const OWN = canary('own');
const NEW = canary('new');

const secret = (section: string, value: string): SeedField => ({
	id: 'password',
	type: 'CONCEALED',
	label: 'password',
	section: { id: section },
	value,
});

/** The shipped workflow requires a key ID beside the key, a field that people add by hand. */
const withKeyId = (item: SeedItem): SeedItem =>
	item.category === 'API_CREDENTIAL'
		? { ...item, fields: [...(item.fields ?? []), { id: 'k', type: 'STRING', label: 'key id', value: 'key-1' }] }
		: item;

let emulator: ConnectEmulator;
let credential: Credential;

useOwnServer(
	{
		vaults: [
			{
				name: 'Production',
				items: [
					{
						title: 'Twins',
						category: 'SERVER',
						sections: [
							{ id: 'p', label: 'Prod' },
							{ id: 't', label: 'Test' },
						],
						fields: [secret('p', PROD), secret('t', TEST)],
					},
					{
						title: 'Login',
						category: 'LOGIN',
						sections: [{ id: 'f' }],
						fields: [secret('f', FORM), { purpose: 'USERNAME', value: 'ada' }, { purpose: 'PASSWORD', value: OWN }],
					},
					{
						title: 'Odd',
						category: 'SERVER',
						state: '',
						fields: [
							{ id: '', label: 'bare', value: 'shown' },
							{ id: 'note', type: '', label: 'note', value: 'text' },
							{ id: 'key', type: 'CONCEALED', label: 'key', value: OWN, future: { deep: [null] } },
						],
					},
					...itemsInThreeLanguages().map(withKeyId),
				],
			},
		],
	},
	(server) => ({ emulator, credential } = server),
);

const run = async (parameters: INodeParameters): Promise<NodeRunResult> => await runNode({ credential, parameters });

const outputOf = ({ outputs }: NodeRunResult): Record<string, unknown> => ({ ...outputs[0]?.[0]?.json });

const fieldsOf = (result: NodeRunResult): Record<string, unknown> => outputOf(result).fields as Record<string, unknown>;

const writes = (): string[] => emulator.requests.filter(({ method }) => method !== 'GET').map(({ method }) => method);

const stored = (title: string): ReadonlyArray<{ id: string; value?: string }> =>
	emulator.admin.items('Production').find((item) => item.title === title)?.fields ?? [];

const reveal = (...revealFields: string[]): INodeParameters => ({ simplify: true, reveal: 'selected', revealFields });

describe('two fields with the same ID', () => {
	it.each(['update', 'upsert'])('are not written by %s: nothing is sent', async (operation) => {
		const fields = { values: [{ field: 'password', section: 'Test', mode: 'set', value: NEW }] };
		const item = operation === 'update' ? { item: byName('Twins') } : { title: 'Twins', category: 'SERVER' };
		const result = await run({ resource: 'item', operation, vault: byName('Production'), ...item, fields });
		expect(result.error?.description).toContain('[AMBIGUOUS]');
		expect(result.error?.message).toContain('"Prod.password" (password), "Test.password" (password)');
		expect([
			writes(),
			stored('Twins')
				.filter(({ id }) => id === 'password')
				.map(({ value }) => value),
		]).toEqual([[], [PROD, TEST]]);
		expect(leaksIn(JSON.stringify(result.error), [PROD, TEST, NEW])).toEqual([]);
	});

	it('are distinguished by their section when read', async () => {
		expect(fieldsOf(await run(onItem('get', byName('Twins'), reveal('Test.password'))))).toMatchObject({
			'Prod.password': '<concealed by 1Password>',
			'Test.password': TEST,
		});
	});

	it(`of a login: "password" means its own field, and it can't be rotated`, async () => {
		expect(fieldsOf(await run(onItem('get', byName('Login'), reveal('password'))))).toMatchObject({
			password: OWN,
			'password (password)': '<concealed by 1Password>',
		});
		const begun = await run({
			resource: 'rotation',
			operation: 'begin',
			vault: byName('Production'),
			item: byName('Login'),
			field: 'password',
		});
		expect([begun.error?.description, writes()]).toEqual([expect.stringContaining('[AMBIGUOUS]'), []]);
	});
});

describe('an item with unusual server data', () => {
	it('is listed, found by name and shown', async () => {
		const listed = await run({ resource: 'item', operation: 'getMany', vault: byName('Production'), returnAll: true, simplify: true });
		expect(listed.outputs[0]?.map(({ json }) => json.title)).toContain('Odd');
		expect(fieldsOf(await run(onItem('get', byName('Odd'), { simplify: true })))).toMatchObject({
			bare: 'shown',
			note: 'text',
			key: '<concealed by 1Password>',
		});
	});

	it('is writable, except for the field without an ID', async () => {
		const refused = await run(onItem('update', byName('Odd'), setFields({ bare: 'x' })));
		expect([refused.error?.message, writes()]).toEqual([expect.stringContaining('The field "bare" has no ID'), []]);
		const result = await run(onItem('update', byName('Odd'), { ...setFields({ note: 'new' }), simplify: true }));
		expect(outputOf(result)).toMatchObject({ changed: true, confirmed: true, fields: { note: 'new' } });
	});
});

describe.each(LANGUAGES)('an API credential from an account in %s', (language) => {
	const item = byName(`API credential (${language})`);
	const title = `API credential (${language})`;

	it('has the same keys as everywhere, or IDs, or labels as shown', async () => {
		const keys = async (fieldKeys?: string): Promise<string[]> =>
			Object.keys(fieldsOf(await run(onItem('get', item, { simplify: true, ...(fieldKeys !== undefined && { fieldKeys }) }))));
		expect(await keys()).toEqual(['notesPlain', 'username', 'credential', 'type', 'filename', 'valid from', 'expires', 'hostname', 'key id']);
		expect(await keys('id')).toEqual(['notesPlain', 'username', 'credential', 'type', 'filename', 'validFrom', 'expires', 'hostname', 'k']);
		expect(await keys('shownLabel')).toContain({ English: 'credential', German: 'Anmeldedaten', Japanese: '認証情報' }[language]);
	});

	it('is rotated by the nodes of the shipped workflow', async () => {
		const nodeOf = (name: string): INodeParameters => {
			const node = rotateApiKey.nodes.find((one) => one.name === name);
			return { ...(node?.parameters as unknown as INodeParameters), vault: byName('Production'), item, rotationId: 'r' };
		};
		const old = stored(title).find(({ id }) => id === 'credential')?.value;
		const read = fieldsOf(await run({ ...nodeOf('Read keys'), revealFields: ['credential'] }));
		expect([read['credential'], read['key id']]).toEqual([old, 'key-1']);
		expect((await run({ ...nodeOf('Begin'), value: NEW })).error).toBeUndefined();
		const otherFields = { values: [{ field: 'key id', value: 'key-2' }] };
		expect(outputOf(await run({ ...nodeOf('Finish'), otherFields }))).toMatchObject({ state: 'finished', changed: true });
		expect(fieldsOf(await run(nodeOf('Read again')))).toMatchObject({ credential: NEW, 'key id': 'key-2' });
	});

	it('gets no second field beside a built-in one', async () => {
		const count = stored(title).length;
		const result = await run(
			onItem('update', item, {
				...setFields({ 'valid from': '2027-01-31', username: 'new' }),
				simplify: true,
				options: { addMissingFields: true },
			}),
		);
		expect(outputOf(result)).toMatchObject({ changed: true, fields: { username: 'new' } });
		expect([stored(title).length, stored(title).find(({ id }) => id === 'username')?.value]).toEqual([count, 'new']);
	});

	it('is read by references in templates, with IDs and with English names', async () => {
		const old = stored(title).find(({ id }) => id === 'credential')?.value ?? '';
		const template = `{{ op://Production/${title}/credential }} {{ op://Production/${title}/valid from?attribute=id }}`;
		const result = await run({ resource: 'secret', operation: 'inject', templateFormat: 'text', template, reveal: 'all' });
		expect(outputOf(result).result).toBe(`${old} validFrom`);
	});
});

describe('a rotation without a value to reveal', () => {
	const step = (operation: string, rest: INodeParameters): INodeParameters => ({
		resource: 'rotation',
		operation,
		vault: byName('Production'),
		item: byName('API credential (German)'),
		rotationId: 'used',
		...rest,
	});

	it.each(['all', 'none'])('Begin with a used ID, reveal %s: returns no item that looks staged', async (shown) => {
		await run(step('begin', { field: 'credential' }));
		await run(step('finish', { previousValue: 'drop' }));
		const count = writes().length;
		const again = await run(step('begin', { field: 'credential', reveal: shown }));
		if (shown === 'all') {
			expect(again.error?.description).toContain('[VERSION_CONFLICT]');
			expect(again.error?.message).toContain('There is no staged value to reveal: the rotation "used" is ended');
			expect(again.outputs[0] ?? []).toEqual([]);
		} else {
			expect(outputOf(again)).toMatchObject({ state: 'ended', changed: false, secrets: {} });
		}
		expect(writes()).toHaveLength(count);
	});

	it('Roll Back reports success if the field was always empty', async () => {
		await run(onItem('update', byName('API credential (German)'), { fields: { values: [{ field: 'filename', mode: 'clear' }] } }));
		await run(step('begin', { field: 'filename' }));
		const back = await run(step('rollback', { reveal: 'all' }));
		expect(back.error?.message).toContain('The step was completed, but there is no live value to reveal');
		expect(outputOf(await run(step('rollback', { reveal: 'none' })))).toMatchObject({ state: 'rolled back', changed: false });
	});
});
