import { startConnectEmulator, type ConnectEmulator, type Fault } from '../emulator';
import { canary, leaksIn } from './support/canaries';
import { runNode, type Credential, type NodeRun } from './support/engine';
import { byId, byName, byReference, onItem, setFields } from './support/parameters';

/** Every failing path: the code, and that neither a value nor the token is in anything that n8n would save. */

const SECRETS = [canary('key'), canary('pw'), canary('note'), canary('old'), canary('written')];
const ID_LIKE_TITLE = 'abcdefghijklmnopqrstuvwxyz';
const SOME_ID = 'zzzzzzzzzzzzzzzzzzzzzzzzzz';
const ITEM_ROUTE = '/v1/vaults/{vaultUuid}/items/{itemUuid}';

let emulator: ConnectEmulator;
let credential: Credential;

beforeAll(async () => {
	emulator = await startConnectEmulator({
		seed: {
			vaults: [
				{
					name: 'Production',
					items: [
						{
							title: 'Payments API',
							category: 'API_CREDENTIAL',
							sections: [{ id: 's', label: 'Admin' }],
							fields: [
								{ id: 'credential', type: 'CONCEALED', label: 'credential', value: canary('key'), passwordDetails: { history: [canary('old')] } },
								{ id: 'pw', type: 'CONCEALED', label: 'password', value: canary('pw') },
								{ id: 'pw2', type: 'CONCEALED', label: 'password', section: { id: 's' }, value: canary('pw') },
								{ id: 'notesPlain', type: 'STRING', purpose: 'NOTES', label: 'notesPlain', value: canary('note') },
								{ id: 'key', type: 'SSHKEY', label: 'private key', value: canary('key') },
							],
						},
						{ title: 'Twin' },
						{ title: 'Twin' },
						{ title: ID_LIKE_TITLE },
					],
				},
				{ name: 'Hidden' },
			],
		},
	});
});

afterAll(async () => await emulator.close());
beforeEach(() => {
	emulator.reset();
	credential = { serverUrl: emulator.url, accessToken: emulator.token };
});

const vaultId = (): string => emulator.admin.vault('Production').id;
const readOnly = (): Credential => ({ ...credential, accessToken: emulator.issueToken({ vaults: { Production: 'r' } }) });
const get = (item = byName('Payments API')): NodeRun['parameters'] => onItem('get', item);
const update = (rest: NodeRun['parameters'] = setFields({ credential: canary('written') })): NodeRun['parameters'] =>
	onItem('update', byName('Payments API'), rest);
const create = (): NodeRun['parameters'] => ({
	resource: 'item',
	operation: 'create',
	vault: byName('Production'),
	title: 'New',
	category: 'API_CREDENTIAL',
	...setFields({ credential: canary('written') }),
});

interface Case {
	readonly what: string;
	readonly code: string;
	readonly says: RegExp;
	readonly parameters: () => NodeRun['parameters'];
	readonly credential?: () => Credential;
	readonly faults?: readonly Fault[];
	readonly inputs?: NodeRun['inputs'];
}

const CASES: readonly Case[] = [
	// the server and the token
	{ what: 'no server at the address', code: 'NETWORK', says: /No server answers/, parameters: get, credential: () => ({ ...credential, serverUrl: 'http://127.0.0.1:9' }) },
	{ what: 'an unknown host', code: 'NETWORK', says: /not known to the name service/, parameters: get, credential: () => ({ ...credential, serverUrl: 'http://connect.invalid' }) },
	{ what: 'https to an http server', code: 'NETWORK', says: /secure connection/, parameters: get, credential: () => ({ ...credential, serverUrl: emulator.url.replace('http', 'https') }) },
	{ what: 'a URL that is none', code: 'INVALID_INPUT', says: /not an http or https URL/, parameters: get, credential: () => ({ ...credential, serverUrl: 'localhost:8080' }) },
	{ what: "a proxy's page", code: 'PROTOCOL', says: /not answer as 1Password Connect/, parameters: get, faults: [{ kind: 'html' }] },
	{ what: "a proxy's page for not found", code: 'PROTOCOL', says: /not answer as 1Password Connect/, parameters: get, faults: [{ kind: 'html', status: 404 }] },
	{ what: 'a redirect', code: 'PROTOCOL', says: /redirects.*not sent there/, parameters: get, faults: [{ kind: 'redirect', location: 'http://127.0.0.1:9/' }] },
	{ what: 'a foreign token', code: 'AUTH_FAILED', says: /refused the access token.*GET \/v1\/vaults, 401/, parameters: get, credential: () => ({ ...credential, accessToken: 'eyJmb3JlaWdu.CANARYTOKEN.x' }) },
	{ what: 'an expired token', code: 'AUTH_FAILED', says: /refused the access token/, parameters: get, credential: () => ({ ...credential, accessToken: emulator.issueToken({ expired: true }) }) },
	{ what: 'a token on two lines', code: 'INVALID_INPUT', says: /'Access Token'/, parameters: get, credential: () => ({ ...credential, accessToken: 'CANARYTOKEN\nsecond' }) },
	{ what: 'a vault out of scope', code: 'VAULT_NOT_FOUND', says: /sees no vault called "Hidden"/, parameters: () => ({ ...get(), vault: byName('Hidden') }), credential: readOnly },
	{ what: 'a vault id out of scope', code: 'FORBIDDEN', says: /no access to this vault.*GET \/v1\/vaults\/\{vaultId\}\/items/, parameters: () => ({ ...get(), vault: byId(SOME_ID) }) },
	{ what: 'a read-only token on a write', code: 'FORBIDDEN', says: /may not write.*PATCH/, parameters: update, credential: readOnly },
	{ what: 'too many requests', code: 'RATE_LIMITED', says: /more requests than it allows/, parameters: get, faults: [{ kind: 'status', status: 429, retryAfter: 120 }] },
	{ what: 'a broken gateway on a write that was not done', code: 'UNAVAILABLE', says: /could not process.*PATCH/, parameters: () => update({ ...setFields({ credential: canary('written') }), options: { waitForSync: 1 } }), faults: [{ kind: 'status', status: 502, match: { method: 'PATCH' } }] },
	{ what: 'broken JSON', code: 'PROTOCOL', says: /not answer as 1Password Connect/, parameters: get, faults: [{ kind: 'malformedJson' }] },
	{ what: 'an object where a list belongs', code: 'PROTOCOL', says: /not answer as 1Password Connect/, parameters: get, faults: [{ kind: 'status', status: 200, body: { hello: 'there' } }] },
	{ what: 'an answer that never comes', code: 'NETWORK', says: /did not answer in time/, parameters: () => ({ ...get(), options: { timeout: 80 } }), faults: [{ kind: 'hang', times: 9 }] },
	{ what: 'an error text that repeats the secret and the token', code: 'INVALID_INPUT', says: /Connect refused the request/, parameters: update, faults: [{ kind: 'status', status: 400, message: `bad value ${canary('written')} for Bearer eyJ0.CANARYTOKEN.x`, match: { method: 'PATCH' } }] },
	// what the user entered
	{ what: 'an unknown item', code: 'ITEM_NOT_FOUND', says: /no active item called "Nope"/, parameters: () => get(byName('Nope')) },
	{ what: 'an unknown item id', code: 'ITEM_NOT_FOUND', says: /no such item.*404/, parameters: () => get(byId(SOME_ID)) },
	{ what: 'two items of one name', code: 'AMBIGUOUS', says: /2 items are called "Twin"/, parameters: () => get(byName('Twin')) },
	{ what: 'a title by way of the id', code: 'ITEM_NOT_FOUND', says: /no such item/, parameters: () => get(byId(ID_LIKE_TITLE)) },
	{ what: 'a name by way of the id', code: 'INVALID_INPUT', says: /has not the form of an id/, parameters: () => get(byId('={{ "Payments API" }}')) },
	{ what: 'an expression that finds no vault', code: 'INVALID_INPUT', says: /'Vault' is empty/, parameters: () => ({ ...get(), vault: byName('={{ $json.nothing }}') }) },
	{ what: 'an expression that finds no item', code: 'INVALID_INPUT', says: /'Item' is empty/, parameters: () => get(byName('={{ $json.nothing }}')) },
	{ what: 'a reference without an item', code: 'INVALID_INPUT', says: /names no item/, parameters: () => get(byReference('op://Production')) },
	{ what: 'a reference that is none', code: 'INVALID_INPUT', says: /does not start with "op:\/\/"/, parameters: () => get(byReference('Production/Payments API')) },
	{ what: 'an unknown field', code: 'FIELD_NOT_FOUND', says: /no field "nope"/, parameters: () => update(setFields({ nope: canary('written') })) },
	{ what: 'a label that two fields share', code: 'AMBIGUOUS', says: /2 fields of the item are called "password"/, parameters: () => update(setFields({ password: canary('written') })) },
	{ what: 'an unknown field to reveal', code: 'FIELD_NOT_FOUND', says: /no field "nope"/, parameters: () => ({ ...get(), reveal: 'selected', revealFields: ['nope'] }) },
	{ what: 'an empty value', code: 'INVALID_INPUT', says: /value for the field "credential" is empty/, parameters: () => update(setFields({ credential: '={{ $json.nothing }}' })) },
	{ what: 'an object as value', code: 'INVALID_INPUT', says: /not text/, parameters: () => update(setFields({ credential: '={{ $json.body }}' })), inputs: [{ body: { key: canary('written') } }] },
	{ what: 'the placeholder of a hidden value', code: 'INVALID_INPUT', says: /placeholder of a hidden value/, parameters: () => update(setFields({ credential: '<concealed by 1Password>' })) },
	{ what: 'a field that Connect can not write', code: 'INVALID_INPUT', says: /type SSHKEY/, parameters: () => update(setFields({ 'private key': canary('written') })) },
	{ what: 'a version that is no number', code: 'INVALID_INPUT', says: /'Expected Version' is not a whole number/, parameters: () => update({ ...setFields({ credential: 'x' }), options: { expectedVersion: 'two' } }) },
	{ what: 'a category that Connect does not create', code: 'INVALID_INPUT', says: /can't create items of category DOCUMENT/, parameters: () => ({ ...create(), category: 'DOCUMENT' }) },
	{ what: 'an item that vanishes between read and write', code: 'ITEM_NOT_FOUND', says: /no such item.*PATCH.*404/, parameters: update, faults: [{ kind: 'status', status: 404, message: 'item x not found', match: { method: 'PATCH' } }] },
	// writes whose outcome nobody knows
	{ what: 'an update cut off before the server acted', code: 'NETWORK', says: /closed before the answer was complete.*PATCH/, parameters: () => update({ ...setFields({ credential: canary('written') }), options: { waitForSync: 1 } }), faults: [{ kind: 'resetBeforeHeaders', act: false, match: { method: 'PATCH' } }] },
	{ what: 'a create cut off before the server acted', code: 'NETWORK', says: /closed before the answer was complete.*POST/, parameters: () => ({ ...create(), options: { waitForSync: 1 } }), faults: [{ kind: 'resetBeforeHeaders', act: false, match: { method: 'POST' } }] },
];

describe.each(CASES)('$what', ({ code, says, parameters, credential: other, faults = [], inputs }) => {
	const run = async (onError: 'stopWorkflow' | 'continueErrorOutput'): Promise<Awaited<ReturnType<typeof runNode>>> => {
		emulator.faults.script(...faults);
		return await runNode({
			parameters: parameters(),
			credential: other?.() ?? credential,
			inputs,
			node: { onError },
		});
	};
	const leaks = (saved: string): string[] =>
		// What the user typed into the workflow is in the workflow; input items are the user's own as well.
		leaksIn(saved, [...SECRETS.filter((secret) => secret !== canary('written')), credential.accessToken, 'CANARYTOKEN']);

	it(`stops with ${code}, and saves no secret`, async () => {
		const { status, error, saved } = await run('stopWorkflow');
		expect({ status, message: error?.message }).toEqual({ status: 'error', message: expect.stringMatching(says) as string });
		expect(error?.description).toContain(`[${code}]`);
		expect(leaks(saved)).toEqual([]);
		expect(leaksIn(`${error?.message} ${error?.description}`, SECRETS)).toEqual([]);
		expect(saved).not.toMatch(/AxiosError|node_modules\/axios/);
	});

	it(`goes to the error output with ${code}, paired, and saves no secret`, async () => {
		const { status, outputs, saved } = await run('continueErrorOutput');
		expect(status).toBe('success');
		expect(outputs[0]).toEqual([]);
		expect(outputs[1]).toMatchObject([
			{ json: { error: { code, message: expect.stringMatching(says) as string } }, pairedItem: { item: 0 } },
		]);
		expect(leaks(saved)).toEqual([]);
		expect(leaksIn(JSON.stringify(outputs[1]?.[0]?.json.error), SECRETS)).toEqual([]);
	});
});

it('lists the candidates of an ambiguous name, with their vault', async () => {
	const { outputs } = await runNode({ credential, parameters: get(byName('Twin')), node: { onError: 'continueRegularOutput' } });
	const ids = emulator.admin.items('Production').filter(({ title }) => title === 'Twin').map(({ id }) => id);
	const { error } = outputs[0]?.[0]?.json ?? {};
	expect((error as { candidates?: unknown }).candidates).toEqual(expect.arrayContaining(ids.map((id) => ({ id, vaultId: vaultId() }))));
});

it('lets the other items come out, paired, when one of them fails', async () => {
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

it('keeps a message that holds the name of an operating system error', async () => {
	const { error } = await runNode({ credential, parameters: get(byName('approvePermissions')) });
	expect(error?.message).toContain('no active item called "approvePermissions"');
});

it('names the route as a template, so that no title or id of a URL is in it', async () => {
	emulator.faults.script({ kind: 'status', status: 500, times: 4, match: { route: ITEM_ROUTE } });
	const { error } = await runNode({ credential, parameters: get() });
	expect(error?.message).toMatch(/\(GET \/v1\/vaults\/\{vaultId\}\/items\/\{itemId\}, 500\)$/);
});
