import type { ConnectEmulator, Fault } from '../emulators/connect';
import { runNode, type Credential } from './support/engine';
import { useOwnServer } from './support/ownServer';
import { byName, onItem, setFields } from '../support/parameters';

/** A write whose connection is cut after the server acted is not sent twice, and its result is still reported. */

let emulator: ConnectEmulator;
let credential: Credential;

useOwnServer(
	{
		vaults: [
			{
				name: 'Production',
				items: [{ title: 'Key', fields: [{ id: 'k', type: 'CONCEALED', label: 'key', value: 'old' }] }],
			},
		],
	},
	(server) => ({ emulator, credential } = server),
);

const create = {
	resource: 'item',
	operation: 'create',
	vault: byName('Production'),
	title: 'New',
	category: 'PASSWORD',
	...setFields({ password: 'p', url: 'u' }),
};

const CUTS: ReadonlyArray<readonly [string, Fault]> = [
	['the connection is reset', { kind: 'resetBeforeHeaders' }],
	['the answer is cut in its middle', { kind: 'cutMidBody' }],
	['the answer is broken JSON', { kind: 'malformedJson' }],
];

const sent = (method: string): number => emulator.requests.filter((request) => request.method === method).length;
const applied = (): number => emulator.requests.filter((request) => request.applied).length;

describe.each(CUTS)('after the server completed the request, %s', (_what, fault) => {
	it('PATCH: one request, and the update counts as done', async () => {
		emulator.faults.script({ ...fault, match: { method: 'PATCH' } });
		const { outputs, error } = await runNode({
			credential,
			parameters: onItem('update', byName('Key'), setFields({ key: 'new' })),
		});
		expect(error).toBeUndefined();
		expect(outputs[0]?.[0]?.json).toMatchObject({ changed: true, confirmed: true, version: 2 });
		expect([sent('PATCH'), applied()]).toEqual([1, 1]);
	});

	it('PATCH that generates a value: one request, and the update counts as done', async () => {
		emulator.faults.script({ ...fault, match: { method: 'PATCH' } });
		const { error } = await runNode({
			credential,
			parameters: onItem('update', byName('Key'), { fields: { values: [{ field: 'key', mode: 'generate' }] } }),
		});
		expect(error).toBeUndefined();
		expect([sent('PATCH'), applied()]).toEqual([1, 1]);
	});

	it('POST: one request, and the new item is adopted', async () => {
		emulator.faults.script({ ...fault, match: { method: 'POST' } });
		const { outputs, error } = await runNode({ credential, parameters: { ...create, options: { waitForSync: 1 } } });
		expect(error).toBeUndefined();
		const [item] = emulator.admin.items('Production').filter(({ title }) => title === 'New');
		expect(outputs[0]?.[0]?.json).toMatchObject({ created: true, id: item?.id });
		expect([sent('POST'), applied()]).toEqual([1, 1]);
	});

	it('DELETE: repeated, applied once, and counts as done', async () => {
		emulator.faults.script({ ...fault, match: { method: 'DELETE' } });
		const { outputs, error } = await runNode({ credential, parameters: onItem('delete', byName('Key')) });
		expect(error).toBeUndefined();
		expect(outputs[0]?.[0]?.json).toMatchObject({ deleted: true });
		expect(applied()).toBe(1);
	});
});

it('repeats a write after a 409, because the server reports that it did not act', async () => {
	emulator.faults.script({ kind: 'status', status: 409, message: 'Conflict', times: 2, match: { method: 'PATCH' } });
	const { error } = await runNode({
		credential,
		parameters: onItem('update', byName('Key'), setFields({ key: 'new' })),
	});
	expect(error).toBeUndefined();
	expect([sent('PATCH'), applied()]).toEqual([3, 1]);
});

it("does not adopt someone else's item that only has the same title", async () => {
	emulator.admin.createItem('Production', { title: 'New', category: 'PASSWORD' });
	emulator.admin.settle();
	emulator.faults.script({ kind: 'resetBeforeHeaders', act: false, match: { method: 'POST' } });
	const { error } = await runNode({ credential, parameters: { ...create, options: { waitForSync: 1 } } });
	expect(error?.description).toContain('may exist');
	expect(sent('POST')).toBe(1);
});

it('reads one list and one item for a thousand inputs', async () => {
	const { outputs } = await runNode({
		credential,
		inputs: Array.from({ length: 1000 }, (_, index) => ({ index })),
		parameters: { ...onItem('get', byName('Key')), vault: { __rl: true, mode: 'id', value: emulator.admin.vault('Production').id } },
	});
	expect(outputs[0]).toHaveLength(1000);
	expect(emulator.requests.map(({ method, route }) => `${method} ${route}`)).toEqual([
		'GET /v1/vaults/{vaultUuid}/items',
		'GET /v1/vaults/{vaultUuid}/items/{itemUuid}',
	]);
});
