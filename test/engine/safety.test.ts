import type { ConnectEmulator } from '../emulators/connect';
import { runNode, type Credential, type NodeRun, type NodeRunResult } from './support/engine';
import { useOwnServer } from './support/ownServer';
import { byId, byName, byReference, onItem, setFields } from '../support/parameters';

/** Options that must not fail open, and runs that must not revert each other. */

let emulator: ConnectEmulator;
let credential: Credential;

useOwnServer(
	{
		vaults: [
			{ name: 'Production', items: [{ title: 'Key', fields: [{ id: 'k', type: 'CONCEALED', label: 'key', value: 'old' }] }] },
			{ name: 'Empty' },
		],
	},
	(server) => ({ emulator, credential } = server),
);

const run = async (parameters: NodeRun['parameters'], inputs?: NodeRun['inputs']): Promise<NodeRunResult> =>
	await runNode({ credential, parameters, inputs, node: { onError: 'continueRegularOutput' } });

const update = (options: Record<string, unknown>, value = 'new'): NodeRun['parameters'] =>
	onItem('update', byName('Key'), { ...setFields({ key: value }), options: options as NodeRun['parameters'] });

const codesOf = ({ outputs }: NodeRunResult): unknown[] => (outputs[0] ?? []).map(({ json }) => (json.error as { code?: string } | undefined)?.code);

it.each(['={{ "true" }}', '={{ true }}'])('Dry Run given as %s writes nothing', async (dryRun) => {
	const { outputs } = await run(update({ dryRun }));
	expect(outputs[0]?.[0]?.json).toMatchObject({ changed: false, changes: [{ label: 'key' }] });
	expect(emulator.requests.every(({ method }) => method === 'GET')).toBe(true);
});

it.each([
	[{ dryRun: '={{ 1 }}' }],
	[{ dryRun: '={{ $json.nothing.at }}' }],
	[{ expectedVersion: '={{ $json.nothing }}' }],
	[{ expectedVersion: '' }],
	[{ addMissingFields: '={{ "yes" }}' }],
])('the options %j are refused without writing', async (options) => {
	const result = await run(update(options));
	expect(result.outputs[0]?.[0]?.json).toHaveProperty('error');
	expect(emulator.requests.every(({ method }) => method === 'GET')).toBe(true);
});

it.each(['={{ Number("x") }}', '={{ "   " }}', '={{ [1] }}'])('the value %s is refused', async (value) => {
	expect(codesOf(await run(update({}, value)))).toEqual(['INVALID_INPUT']);
});

it('keeps the tags of three concurrent runs that specify one item in three ways', async () => {
	const { id } = emulator.admin.items('Production')[0] ?? { id: '' };
	const inputs = Array.from({ length: 6 }, (_, index) => ({ index }));
	const ways = [byId(id), byName('Key'), byReference('op://Production/Key')];
	const results = await Promise.all(
		ways.map(
			async (item, way) =>
				await run(onItem('update', item, { updateFields: { addTags: `=tag-${way}-{{ $json.index }}` }, options: { waitForSync: 0 } }), inputs),
		),
	);
	expect(results.flatMap(codesOf).filter(Boolean)).toEqual([]);
	expect(emulator.admin.item('Production', id).tags).toHaveLength(18);
});

it('creates each title once when two runs upsert the same titles', async () => {
	const inputs = ['a', 'b', 'c', 'd'].map((title) => ({ title }));
	const parameters = {
		resource: 'item',
		operation: 'upsert',
		vault: byName('Empty'),
		title: '={{ $json.title }}',
		category: 'PASSWORD',
		...setFields({ password: 'p' }),
	};
	const results = await Promise.all([run(parameters, inputs), run(parameters, inputs)]);
	expect(results.flatMap(codesOf).filter(Boolean)).toEqual([]);
	expect(
		emulator.admin
			.items('Empty')
			.map(({ title }) => title)
			.sort(),
	).toEqual(['a', 'b', 'c', 'd']);
});

it('fails only the input whose expression fails', async () => {
	const parameters = onItem('update', byName('Key'), {
		...setFields({ key: 'new' }),
		options: { expectedVersion: '={{ $json.version }}' },
	});
	expect(codesOf(await run(parameters, [{}, { version: 1 }]))).toEqual(['INVALID_INPUT', undefined]);
});
