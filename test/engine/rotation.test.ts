import type { INodeParameters } from 'n8n-workflow';

import type { ConnectEmulator } from '../emulators/connect';
import { canary, leaksIn } from '../support/canaries';
import { byName } from '../support/parameters';
import { AS_TOOL, runNode, type Credential, type NodeRun, type NodeRunResult } from './support/engine';
import { useOwnServer } from './support/ownServer';

const OLD = canary('old');
const NEW = canary('new');

let emulator: ConnectEmulator;
let credential: Credential;

useOwnServer(
	{
		vaults: [
			{
				name: 'Production',
				items: [
					{
						title: 'Key',
						category: 'API_CREDENTIAL',
						fields: [
							{ id: 'k', type: 'CONCEALED', label: 'key', value: OLD },
							{ id: 'owner', label: 'key id', value: 'id-old' },
						],
					},
					{ title: 'Old', category: 'LOGIN', updatedAt: '2020-01-01T00:00:00Z', tags: ['web'] },
					{ title: 'Fresh', category: 'LOGIN' },
				],
			},
		],
	},
	(server) => ({ emulator, credential } = server),
);

function parametersOf(operation: string, rest: INodeParameters = {}): INodeParameters {
	return { resource: 'rotation', operation, vault: byName('Production'), item: byName('Key'), ...rest };
}

/** The staged value comes from the input item, as from a node that asked the provider for a key. */
const GIVEN: INodeParameters = { field: 'key', valueSource: 'given', value: '={{ $json.key }}' };

async function run(operation: string, rest: INodeParameters = {}, more: Partial<NodeRun> = {}): Promise<NodeRunResult> {
	return await runNode({ credential, parameters: parametersOf(operation, rest), inputs: [{ key: NEW }], ...more });
}

const outputOf = ({ outputs }: NodeRunResult): Record<string, unknown> => ({ ...outputs[0]?.[0]?.json });

/** Everything that n8n saves, except the workflow's own input. */
function leaksOf(result: NodeRunResult): string[] {
	const { saved, outputs, error } = result;
	const secrets = [OLD, NEW, ...stagedValues()];
	// n8n saves the input with the previous node; it must not be anywhere else.
	const inputs = saved.split(JSON.stringify(NEW).slice(1, -1)).length - 1;
	return [
		...leaksIn(JSON.stringify([outputs, error]), secrets),
		...leaksIn(
			saved,
			secrets.filter((secret) => secret !== NEW),
		),
		...(inputs > 2 ? ['input'] : []),
	];
}

function stagedValues(): string[] {
	const [item] = emulator.admin.items('Production');
	return (item?.fields ?? []).flatMap(({ type, value }) => (type === 'CONCEALED' && value ? [value] : []));
}

const live = (): string | undefined => emulator.admin.items('Production')[0]?.fields?.find(({ id }) => id === 'k')?.value;

it("stages, finishes and ends with the execution's ID, and returns no value", async () => {
	const begun = await run('begin', GIVEN);
	expect(outputOf(begun)).toMatchObject({
		title: 'Key',
		state: 'pending',
		rotationId: '77',
		field: 'key (k)',
		changed: true,
		secrets: { pending: '<concealed by 1Password>' },
	});
	expect([live(), leaksOf(begun)]).toEqual([OLD, []]);
	const again = await run('begin', GIVEN);
	expect(outputOf(again)).toMatchObject({ state: 'pending', changed: false });
	const finished = await run('finish', { options: { graceHours: 24 } });
	expect(outputOf(finished)).toMatchObject({ state: 'finished', changed: true, graceUntil: expect.stringMatching(/Z$/), pastGrace: false });
	expect([live(), leaksOf(finished)]).toEqual([NEW, []]);
	const status = await run('status');
	expect(outputOf(status)).toMatchObject({ state: 'finished', rotationId: '77', due: false });
	expect(leaksOf(status)).toEqual([]);
	const ended = await run('finish', { previousValue: 'drop' });
	expect(outputOf(ended)).toMatchObject({ state: 'ended', changed: true, secrets: { live: '<concealed by 1Password>' } });
	expect([leaksOf(ended), stagedValues().includes(OLD)]).toEqual([[], false]);
});

it('generates characters and words only once even if the step is repeated', async () => {
	const begun = await run('begin', { field: 'key', length: 40, excludeCharacters: 'O0', reveal: 'all' });
	const { secrets, entropyBits } = outputOf(begun) as { secrets: { pending: string }; entropyBits: number };
	expect(secrets.pending).toMatch(/^[^O0]{40}$/);
	expect(entropyBits).toBeGreaterThan(200);
	const repeated = outputOf(await run('begin', { field: 'key', length: 8, reveal: 'all' }));
	expect(repeated).toMatchObject({ changed: false, secrets });
	// It would be that of another recipe.
	expect(repeated).not.toHaveProperty('entropyBits');
	await run('rollback');
	const words = outputOf(await run('begin', { field: 'key', rotationId: 'w', valueSource: 'words', words: 4, capitalize: true, reveal: 'all' }));
	expect(words).toMatchObject({ entropyBits: 40, secrets: { pending: expect.stringMatching(/^([A-Z][a-z]+-){3}[A-Z][a-z]+$/) } });
});

it('rolls back before and after finish', async () => {
	await run('begin', GIVEN);
	expect(outputOf(await run('rollback'))).toMatchObject({ state: 'rolled back', changed: true });
	await run('begin', { ...GIVEN, rotationId: 'second' });
	await run('finish', { rotationId: 'second' });
	const refused = await run('rollback', { rotationId: 'second', options: { onlyIfPending: true } });
	expect([refused.error?.description, live()]).toEqual([expect.stringContaining('[VERSION_CONFLICT]'), NEW]);
	const back = await run('rollback', { rotationId: 'second' });
	expect(outputOf(back)).toMatchObject({ state: 'rolled back', due: true });
	expect([live(), leaksOf(back)]).toEqual([OLD, []]);
});

it('changes the other fields in the same write, forward and back', async () => {
	const keyId = (): string | undefined => emulator.admin.items('Production')[0]?.fields?.find(({ id }) => id === 'owner')?.value;
	const otherFields = { values: [{ field: 'key id', value: 'id-new' }] };
	await run('begin', GIVEN);
	const finished = await run('finish', { otherFields });
	expect(outputOf(finished)).toMatchObject({ state: 'finished', changed: true });
	expect([live(), keyId(), leaksOf(finished)]).toEqual([NEW, 'id-new', []]);
	expect(outputOf(await run('finish', { otherFields }))).toMatchObject({ changed: false });
	await run('rollback');
	expect([live(), keyId()]).toEqual([OLD, 'id-old']);
	const patches = emulator.requests.filter(({ method }) => method === 'PATCH');
	expect(patches).toHaveLength(3);
});

it.each<[string, string, INodeParameters, string]>([
	['another field without a value', 'finish', { otherFields: { values: [{ field: 'key id', value: '={{ $json.nothing }}' }] } }, 'INVALID_INPUT'],
	['finish without a rotation', 'finish', { options: { waitForSync: 1 } }, 'INVALID_INPUT'],
	['an empty value', 'begin', { ...GIVEN, value: '={{ $json.nothing }}' }, 'INVALID_INPUT'],
	['a value that is false', 'begin', { ...GIVEN, value: '={{ false }}' }, 'INVALID_INPUT'],
	['a value that is no number', 'begin', { ...GIVEN, value: '={{ 0 / 0 }}' }, 'INVALID_INPUT'],
	['an empty field', 'begin', { ...GIVEN, field: '={{ $json.nothing }}' }, 'INVALID_INPUT'],
	['a field that is not there', 'begin', { ...GIVEN, field: 'nothing' }, 'FIELD_NOT_FOUND'],
	['too few characters', 'begin', { field: 'key', length: 3 }, 'INVALID_INPUT'],
	['an unknown set', 'begin', { field: 'key', characterSets: ['runes'] }, 'INVALID_INPUT'],
	['an unknown source', 'begin', { ...GIVEN, valueSource: 'dice' }, 'INVALID_INPUT'],
	['no separator', 'begin', { field: 'key', valueSource: 'words', separator: '' }, 'INVALID_INPUT'],
	['no expected version', 'finish', { options: { expectedVersion: '' } }, 'INVALID_INPUT'],
	['an endless grace', 'finish', { options: { graceHours: 1e9 } }, 'INVALID_INPUT'],
	['a grace that is not found', 'finish', { options: { graceHours: '={{ $json.nothing }}' } }, 'INVALID_INPUT'],
	['a grace of a value that is dropped', 'finish', { previousValue: 'drop', options: { graceHours: 1 } }, 'INVALID_INPUT'],
	['a switch that is not found', 'rollback', { options: { onlyIfPending: '={{ $json.nothing }}' } }, 'INVALID_INPUT'],
	['an age that is not found', 'status', { options: { dueAfterDays: '={{ $json.nothing }}' } }, 'INVALID_INPUT'],
	['too few characters to choose from', 'begin', { field: 'key', characterSets: ['digits'], excludeCharacters: '0' }, 'INVALID_INPUT'],
	...['begin', 'finish', 'rollback'].map((operation): [string, string, INodeParameters, string] => [
		`an ID that is not found (${operation})`,
		operation,
		{ ...GIVEN, rotationId: '={{ $json.nothing }}' },
		'INVALID_INPUT',
	]),
	['an ID that is false', 'begin', { ...GIVEN, rotationId: '={{ false }}' }, 'INVALID_INPUT'],
	['a tag to add that is not found', 'begin', { ...GIVEN, options: { rotationTag: '={{ $json.nothing }}' } }, 'INVALID_INPUT'],
	...['', ' ', '={{ $json.nothing }}', '={{ "" }}'].flatMap((value) =>
		['tag', 'category'].map((name): [string, string, INodeParameters, string] => [
			`a ${name} that is '${value}'`,
			'status',
			{ scope: 'vault', filters: { [name]: value } },
			'INVALID_INPUT',
		]),
	),
	['a tag of rotations that is not found', 'status', { scope: 'vault', filters: { rotationTag: '={{ $json.nothing }}' } }, 'INVALID_INPUT'],
	['a tag of rotations that is empty by expression', 'status', { scope: 'vault', filters: { rotationTag: '={{ "" }}' } }, 'INVALID_INPUT'],
	['a category that there is not', 'status', { scope: 'vault', filters: { category: '={{ "NO_CATEGORY" }}' } }, 'INVALID_INPUT'],
	['a length that is not found', 'begin', { field: 'key', length: '={{ $json.nothing }}' }, 'INVALID_INPUT'],
	['a wait that is not found', 'begin', { ...GIVEN, options: { waitForSync: '={{ $json.nothing }}' } }, 'INVALID_INPUT'],
	['no wait', 'begin', { ...GIVEN, options: { waitForSync: 0 } }, 'INVALID_INPUT'],
])('refuses %s, and writes nothing', async (_what, operation, rest, code) => {
	const result = await run(operation, rest, { node: { onError: 'continueRegularOutput' } });
	expect(outputOf(result)).toMatchObject({ error: { code } });
	expect(leaksOf(result)).toEqual([]);
	expect(emulator.requests.every(({ method }) => method === 'GET')).toBe(true);
});

it('says why a step of a rotation waits', async () => {
	const { error } = await run('begin', { ...GIVEN, options: { waitForSync: 0 } });
	expect(error?.message).toContain("'Wait for Sync' is 0, but a step of a rotation counts as done only when a read has shown it");
});

it('refuses to finish after a manual edit, says who made it, and leaks nothing', async () => {
	await run('begin', GIVEN);
	const { id, lastEditedBy } = emulator.admin.editItem('Production', emulator.admin.items('Production')[0]?.id ?? '', { title: 'Key' });
	emulator.admin.settle();
	const refused = await run('finish');
	expect(refused.error?.message).toContain(`The item is at version 3, the new value was staged at version 2; it was last edited by ${lastEditedBy}`);
	expect(refused.error?.description).toContain('[VERSION_CONFLICT]');
	expect([live(), leaksOf(refused)]).toEqual([OLD, []]);
	expect(outputOf(await run('status'))).toMatchObject({ id, state: 'pending', explanation: expect.stringContaining("can't be finished") });
});

it.each(AS_TOOL)('gives an AI agent no value, and refuses to reveal one before anything is sent (%s)', async (_how, node) => {
	const refused = await run('begin', { ...GIVEN, reveal: 'all' }, { node });
	expect(refused.saved).toContain('Secret values are not given to AI agents');
	expect(emulator.requests).toHaveLength(0);
	const begun = await run('begin', GIVEN, { node });
	expect(begun.saved).toContain('A new value is staged');
	expect([stagedValues(), leaksOf(begun)]).toEqual([[OLD, NEW, expect.anything()], []]);
});

it('reports what needs action in a vault, and reads only items with a rotation', async () => {
	await run('begin', GIVEN);
	emulator.admin.settle();
	const before = emulator.requests.length;
	const titles = async (rest: INodeParameters): Promise<unknown[]> =>
		((await run('status', { scope: 'vault', ...rest })).outputs[0] ?? []).map(({ json }) => [json.title, json.state, json.due]);
	expect(await titles({})).toEqual([
		['Key', 'pending', false],
		['Old', 'none', true],
	]);
	expect(emulator.requests.slice(before).map(({ route }) => route)).toEqual([
		'/v1/vaults',
		'/v1/vaults/{vaultUuid}/items',
		'/v1/vaults/{vaultUuid}/items/{itemUuid}',
	]);
	expect(await titles({ onlyIfActionIsNeeded: false })).toHaveLength(3);
	emulator.admin.editItem('Production', emulator.admin.items('Production')[0]?.id ?? '', { tags: [] });
	emulator.admin.settle();
	expect(await titles({})).toEqual([['Old', 'none', true]]);
	expect(await titles({ filters: { rotationTag: '' } })).toEqual([
		['Key', 'pending', false],
		['Old', 'none', true],
	]);
	expect(await titles({ filters: { tag: 'web' } })).toEqual([['Old', 'none', true]]);
	expect(await titles({ filters: { category: 'LOGIN' }, options: { dueAfterDays: 0 } })).toEqual([
		['Old', 'none', true],
		['Fresh', 'none', true],
	]);
});

it('rotates many items under one execution, and fails only the input that fails', async () => {
	const parameters = { ...parametersOf('begin', { field: '={{ $json.field }}' }), options: { rotationTag: '' } };
	const result = await runNode({
		credential,
		parameters,
		inputs: [{ field: 'key' }, { field: 'nothing' }],
		node: { onError: 'continueRegularOutput' },
	});
	expect(result.outputs[0]?.map(({ json }) => (json.error as { code?: string } | undefined)?.code ?? json.state)).toEqual([
		'pending',
		'FIELD_NOT_FOUND',
	]);
	expect(emulator.admin.items('Production')[0]?.tags ?? []).toEqual([]);
});

it('stages a value that a secret reference finds', async () => {
	await run('begin', GIVEN);
	emulator.admin.settle();
	const references = { values: [{ reference: 'op://Production/Key/Rotation/pending value', name: 'staged' }] };
	const result = await runNode({ credential, parameters: { resource: 'secret', operation: 'resolve', references, reveal: 'all' } });
	expect(outputOf(result)).toMatchObject({ secrets: { staged: NEW } });
});
