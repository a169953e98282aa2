import { itemOfEveryCategory, startConnectEmulator, type ConnectEmulator } from '../emulators/connect';
import { runNode, type Credential } from './support/engine';
import { byId, byName, onItem, setFields } from '../support/parameters';

/** Everything that an update was not asked to change stays the same, byte for byte. */

let emulator: ConnectEmulator;
let credential: Credential;

// A separate server for each test, because n8n remembers for a while which versions it has written to a server.
beforeEach(async () => {
	emulator = await startConnectEmulator({
		seed: { vaults: [{ name: 'Production', items: itemOfEveryCategory() }] },
	});
	credential = { serverUrl: emulator.url, accessToken: emulator.token };
});

afterEach(async () => await emulator.close());

interface Bare {
	fields?: Array<{ id: string }>;
	[member: string]: unknown;
}

/** The item without what every update changes, and without the given field. */
function without(item: object, fieldId: string): string {
	const { version: _version, updatedAt: _updatedAt, lastEditedBy: _editor, ...rest } = structuredClone(item) as Bare;
	rest.fields = rest.fields?.map((field) => (field.id === fieldId ? { id: field.id } : dropClock(field)));
	return JSON.stringify(rest);
}

/** The code of a one-time password depends on the second it is read in. */
function dropClock(field: { id: string; totp?: unknown }): { id: string } {
	const { totp: _totp, ...rest } = field;
	return rest;
}

describe.each(itemOfEveryCategory().map(({ category, title }) => [category ?? '', title ?? '']))('an item of category %s', (_category, title) => {
	it('keeps every other byte when one field changes', async () => {
		const before = emulator.admin.items('Production').find((item) => item.title === title);
		if (before === undefined) throw new Error(`The seed has no item ${title}.`);
		const { outputs, error } = await runNode({
			credential,
			parameters: onItem('update', byName(title), setFields({ secret: 'a new secret' })),
		});
		expect(error).toBeUndefined();
		expect(outputs[0]?.[0]?.json).toMatchObject({ changed: true, confirmed: true });
		const after = emulator.admin.item('Production', before.id);
		expect(after.fields?.find(({ id }) => id === 'secret')?.value).toBe('a new secret');
		expect(without(after, 'secret')).toBe(without(before, 'secret'));
	});
});

it('lets two clients that update different fields of one item at the same time both win', async () => {
	const itemId = emulator.admin.items('Production')[0]?.id ?? '';
	const update = async (field: string): ReturnType<typeof runNode> =>
		await runNode({ credential, parameters: onItem('update', byId(itemId), setFields({ [field]: `new ${field}` })) });
	const foreign = async (): Promise<number> => {
		const url = `${emulator.url}/v1/vaults/${emulator.admin.vault('Production').id}/items/${itemId}`;
		const body = JSON.stringify([{ op: 'replace', path: '/fields/link/value', value: 'https://example.com/new' }]);
		const headers = { Authorization: `Bearer ${emulator.token}`, 'Content-Type': 'application/json' };
		for (;;) {
			const { status } = await fetch(url, { method: 'PATCH', headers, body });
			if (status !== 409) return status;
		}
	};
	const [a, b, status] = await Promise.all([update('secret'), update('text'), foreign()]);
	expect([a.error, b.error, status]).toEqual([undefined, undefined, 200]);
	const fields = emulator.admin.item('Production', itemId).fields ?? [];
	const valueOf = (id: string): string | undefined => fields.find((field) => field.id === id)?.value;
	expect([valueOf('secret'), valueOf('plainText'), valueOf('link')]).toEqual(['new secret', 'new text', 'https://example.com/new']);
});

it('updates a 5 MB item, and leaves its other field unchanged', async () => {
	const large = 'x'.repeat(5 * 1024 * 1024);
	const { id } = emulator.admin.createItem('Production', {
		title: 'Large',
		fields: [
			{ id: 'blob', type: 'STRING', label: 'blob', value: large },
			{ id: 'secret', type: 'CONCEALED', label: 'secret', value: 'old' },
		],
	});
	emulator.admin.settle();
	const { error } = await runNode({
		credential,
		parameters: onItem('update', byId(id), setFields({ secret: 'new' })),
	});
	expect(error).toBeUndefined();
	expect(emulator.admin.item('Production', id).fields?.find((field) => field.id === 'blob')?.value).toBe(large);
});

it.each(['a.b', 'path/to', 'tilde~1', '🔑 key', 'Ünïcode', ' leading space', '"quoted"', 'R&D #1 + 50%'])(
	'finds the item and the field called %j',
	async (name) => {
		const { id } = emulator.admin.createItem('Production', {
			title: name,
			fields: [{ id: 'f1', type: 'CONCEALED', label: name, value: 'old' }],
		});
		emulator.admin.settle();
		const { outputs, error } = await runNode({
			credential,
			parameters: onItem('update', byName(name), setFields({ [name]: 'new' })),
		});
		expect(error).toBeUndefined();
		expect(outputs[0]?.[0]?.json).toMatchObject({ id, changed: true, confirmed: true });
		expect(emulator.admin.item('Production', id).fields?.find((field) => field.id === 'f1')?.value).toBe('new');
	},
);
