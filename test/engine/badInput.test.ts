import { startConnectEmulator, type ConnectEmulator } from '../emulators/connect';
import { leaksIn } from '../support/canaries';
import { FAILING_PATHS, FAILING_PATHS_SEED, FOREIGN_TOKEN, ID_LIKE_TITLE, SECRETS, WRITTEN } from '../support/failingPaths';
import { byName, onItem } from '../support/parameters';
import { runNode, type Credential, type NodeRun, type NodeRunResult } from './support/engine';

/** Every failing path: the code, and that neither a value nor the token is in anything that n8n would save. */

const ITEM_ROUTE = '/v1/vaults/{vaultUuid}/items/{itemUuid}';

let emulator: ConnectEmulator;
let credential: Credential;

// A separate server for each test, because n8n remembers for a while which versions it has written to a server.
beforeEach(async () => {
	emulator = await startConnectEmulator({ seed: FAILING_PATHS_SEED });
	credential = { serverUrl: emulator.url, accessToken: emulator.token };
});

afterEach(async () => await emulator.close());

const get = (item = byName('Payments API')): NodeRun['parameters'] => onItem('get', item);

describe.each(FAILING_PATHS)('$what', ({ code, says, parameters, credential: other, faults = [], inputs }) => {
	const run = async (onError: 'stopWorkflow' | 'continueErrorOutput'): Promise<NodeRunResult> => {
		emulator.faults.script(...faults);
		return await runNode({
			parameters: parameters(),
			credential: other?.({ emulator, credential }) ?? credential,
			inputs,
			node: { onError },
		});
	};
	// Values written by the workflow are in the workflow and its input, but must not be in the error.
	const leaks = (saved: string, message: unknown): string[] => [
		...leaksIn(saved, [...SECRETS, credential.accessToken, FOREIGN_TOKEN]),
		...leaksIn(JSON.stringify(message), [WRITTEN]),
	];

	it(`stops with ${code}, and saves no secret`, async () => {
		const { status, error, saved } = await run('stopWorkflow');
		expect(status).toBe('error');
		expect(error?.message).toMatch(says);
		expect(error?.description).toContain(`[${code}]`);
		expect(leaks(saved, [error?.message, error?.description, error?.context])).toEqual([]);
		expect(saved).not.toMatch(/AxiosError|node_modules\/axios/);
	});

	it(`goes to the error output with ${code}, paired, and saves no secret`, async () => {
		const { status, outputs, saved } = await run('continueErrorOutput');
		expect(status).toBe('success');
		expect(outputs[0]).toEqual([]);
		expect(outputs[1]).toMatchObject([{ json: { error: { code, message: expect.stringMatching(says) as string } }, pairedItem: { item: 0 } }]);
		expect(leaks(saved, outputs[1]?.[0]?.json.error)).toEqual([]);
	});
});

it('lists the candidates of an ambiguous name, with their vault', async () => {
	const { outputs } = await runNode({ credential, parameters: get(byName('Twin')), node: { onError: 'continueRegularOutput' } });
	const ids = emulator.admin
		.items('Production')
		.filter(({ title }) => title === 'Twin')
		.map(({ id }) => id);
	const { error } = outputs[0]?.[0]?.json ?? {};
	expect((error as { candidates?: unknown }).candidates).toEqual(
		expect.arrayContaining(ids.map((id) => ({ id, vaultId: emulator.admin.vault('Production').id }))),
	);
});

it('returns the other items, paired, if one of them fails', async () => {
	const { outputs } = await runNode({
		credential,
		inputs: ['Payments API', 'Nope', 'Twin', ID_LIKE_TITLE].map((title) => ({ title })),
		parameters: get(byName('={{ $json.title }}')),
		node: { onError: 'continueRegularOutput' },
	});
	expect(outputs[0]?.map(({ json, pairedItem }) => [json.title ?? (json.error as { code: string }).code, pairedItem])).toEqual([
		['Payments API', { item: 0 }],
		['ITEM_NOT_FOUND', { item: 1 }],
		['AMBIGUOUS', { item: 2 }],
		[ID_LIKE_TITLE, { item: 3 }],
	]);
});

it('keeps a message that contains the name of an operating system error', async () => {
	const { error } = await runNode({ credential, parameters: get(byName('approvePermissions')) });
	expect(error?.message).toContain('no active item named "approvePermissions"');
});

it('shows the route as a template without titles or IDs', async () => {
	emulator.faults.script({ kind: 'status', status: 500, times: 4, match: { route: ITEM_ROUTE } });
	const { error } = await runNode({ credential, parameters: get() });
	expect(error?.message).toMatch(/\(GET \/v1\/vaults\/\{vaultId\}\/items\/\{itemId\}, 500\) \[ONEPASSWORD_UNAVAILABLE\]$/);
});
