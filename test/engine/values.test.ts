import { generateKeyPairSync } from 'node:crypto';

import type { ConnectEmulator, SeedItem } from '../emulators/connect';
import { SECRET_KINDS, canary, leaksIn } from '../support/canaries';
import { AS_TOOL, runNode, type Credential, type NodeRun, type NodeRunResult } from './support/engine';
import { useOwnServer } from './support/ownServer';
import { byName, onItem, setFields } from '../support/parameters';

/** What values look like on their way out and in: secrets of a harmless type, dates, generated values, escaped ones. */

const KEY = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const PASSWORD = `p@ss' "w$rd\\é`;
const SECRETS = [...Object.values(SECRET_KINDS), KEY, canary('preview'), canary('pin')];

let emulator: ConnectEmulator;
let credential: Credential;

const sshItem = (title: string, type: string): SeedItem => ({
	title,
	category: 'SSH_KEY',
	fields: [
		{ id: 'private_key', type, label: 'privater Schlüssel', value: KEY },
		{ id: 'public_key', type: 'STRING', label: 'public key', value: 'ssh-ed25519 FAKE' },
	],
});

useOwnServer(
	{
		vaults: [
			{
				name: 'Production',
				items: [
					{
						title: 'Harmless types',
						category: 'CREDIT_CARD',
						urls: [
							{ href: `https://ada:${canary('pin').replaceAll(/[/"\\]/g, '')}@example.com/` },
							...Object.values(SECRET_KINDS).map((secret) => ({ href: `https://example.com/?key=${secret}` })),
						],
						fields: [
							...Object.values(SECRET_KINDS).map((value, index) => ({ id: `kind${index}`, type: 'STRING', label: `kind ${index}`, value })),
							{ id: 'pin', type: 'STRING', label: 'Code', value: canary('pin') },
						],
					},
					{
						title: 'Key',
						category: 'API_CREDENTIAL',
						fields: [
							{ id: 'credential', type: 'CONCEALED', label: 'credential', value: PASSWORD },
							{ id: 'expires', type: 'DATE', label: 'Gültig bis' },
							{ id: 'month', type: 'MONTH_YEAR', label: 'month' },
						],
					},
					sshItem('Text key', 'STRING'),
					sshItem('Unknown key', 'UNKNOWN'),
				],
			},
		],
	},
	(server) => ({ emulator, credential } = server),
);

const run = async (parameters: NodeRun['parameters'], rest: Partial<NodeRun> = {}): Promise<NodeRunResult> =>
	await runNode({ credential, parameters, node: { onError: 'continueRegularOutput' }, ...rest });
const outputOf = ({ outputs }: NodeRunResult): Record<string, unknown> => ({ ...outputs[0]?.[0]?.json });
const codeOf = (result: NodeRunResult): unknown => (outputOf(result).error as { code?: string } | undefined)?.code;
const list = (rest: NodeRun['parameters'] = {}): NodeRun['parameters'] => ({
	resource: 'item',
	operation: 'getMany',
	vault: byName('Production'),
	returnAll: true,
	...rest,
});
const resolve = (reference: string, reveal = 'none'): NodeRun['parameters'] => ({
	resource: 'secret',
	operation: 'resolve',
	references: { values: [{ reference, name: 'x' }] },
	reveal,
});
const inject = (template: string, rest: NodeRun['parameters'] = {}): NodeRun['parameters'] => ({
	resource: 'secret',
	operation: 'inject',
	template,
	reveal: 'all',
	...rest,
});

describe('secrets in fields of a harmless type stay concealed', () => {
	const touch = { fields: { values: [{ field: 'note', mode: 'set', value: 'x', type: 'STRING' }] }, options: { addMissingFields: true } };
	const READS: ReadonlyArray<readonly [string, NodeRun['parameters']]> = [
		['item: get', onItem('get', byName('Harmless types'))],
		['item: get, raw', onItem('get', byName('Harmless types'), { simplify: false })],
		['item: get of a key that is text', onItem('get', byName('Text key'))],
		['item: get of a key of unknown type, raw', onItem('get', byName('Unknown key'), { simplify: false })],
		['item: get many', list()],
		['item: get many, raw', list({ simplify: false })],
		['item: update', onItem('update', byName('Harmless types'), touch)],
		['item: update, raw', onItem('update', byName('Text key'), { ...touch, simplify: false })],
		['secret: resolve', resolve('op://Production/Harmless types/Code')],
		['secret: resolve of a key that is text', resolve('op://Production/Text key/private_key')],
		['secret: resolve of a token in a text', resolve('op://Production/Harmless types/kind0')],
		['secret: inject', inject('{{ op://Production/Harmless types/kind9?encode=json }}', { reveal: 'none' })],
	];

	it.each(READS)('%s', async (_what, parameters) => {
		const { status, saved } = await run(parameters);
		expect([status, leaksIn(saved, SECRETS)]).toEqual(['success', []]);
		expect(saved).toMatch(/concealed by 1Password/);
	});

	it.each(AS_TOOL.flatMap(([how, node]) => READS.map(([what, parameters]) => [what, how, parameters, node] as const)))(
		'%s, for %s',
		async (_what, _how, parameters, node) => {
			const { saved } = await run(parameters.reveal === 'all' ? { ...parameters, reveal: 'none' } : parameters, { node });
			expect(leaksIn(saved, SECRETS)).toEqual([]);
		},
	);

	it('and are shown when revealed', async () => {
		const result = await run(onItem('get', byName('Text key'), { reveal: 'selected', revealFields: ['private_key'] }));
		expect(outputOf(result)).toMatchObject({ fields: { 'private key': KEY } });
		expect(result.hints).toHaveLength(1);
	});
});

it.each(['Text key', 'Unknown key'])('a private key of the item "%s" is returned in OpenSSH format', async (title) => {
	const result = await run(resolve(`op://Production/${title}/private_key?ssh-format=openssh`, 'all'));
	expect(outputOf(result)).toMatchObject({ secrets: { x: expect.stringMatching(/^-----BEGIN OPENSSH PRIVATE KEY-----\n/) } });
});

it.each([false, true])("Connect's additional information about an item never leaves the client (simplified: %s)", async (simplify) => {
	const [item] = emulator.admin.items('Production');
	const body = { ...item, additionalInformation: canary('preview') };
	emulator.faults.script({ kind: 'status', status: 200, body, match: { method: 'GET', path: /\/items\/[a-z0-9]{26}$/ } });
	const { status, saved } = await run(onItem('get', byName('Harmless types'), { reveal: 'all', simplify }));
	expect([status, saved.includes('additionalInformation'), leaksIn(saved, [canary('preview')])]).toEqual(['success', false, []]);
});

describe('dates', () => {
	const update = async (value: string, field = 'expires'): Promise<NodeRunResult> =>
		await run(onItem('update', byName('Key'), setFields({ [field]: value })));
	const stored = (id = 'expires'): string | undefined =>
		emulator.admin
			.items('Production')
			.find(({ title }) => title === 'Key')
			?.fields?.find((field) => field.id === id)?.value;

	it.each([
		'2027-01-31',
		'={{ DateTime.fromISO("2027-01-31T23:30:00", { zone: "America/New_York" }) }}',
		'={{ DateTime.fromISO("2027-01-31T00:30:00", { zone: "Asia/Tokyo" }).toISO() }}',
		'={{ new Date("2027-01-31T23:00:00Z") }}',
		'={{ 1801396860 }}',
		'={{ DateTime.fromISO("2027-01-31T00:30:00", { zone: "Asia/Tokyo" }).toISODate() }}',
	])('%s is stored once, as the day that was written', async (value) => {
		emulator.behaviour.zoneOffsetMinutes = 120;
		const changes = [];
		for (let round = 0; round < 3; round++) changes.push(outputOf(await update(value)).changed);
		expect([changes, stored()]).toEqual([[true, false, false], '1801396860']);
	});

	it.each(['={{ $now }}', '={{ $now.toISO() }}', '={{ $today }}', '={{ $now.toISODate() }}'])('%s is accepted', async (value) => {
		expect(outputOf(await update(value))).toMatchObject({ changed: true, confirmed: true });
		expect(outputOf(await update(value, 'month'))).toMatchObject({ changed: true });
		expect([(Number(stored()) - 43_260) % 86_400, stored('month')]).toEqual([0, expect.stringMatching(/^20\d{4}$/)]);
	});

	it.each(['31.01.2027', '2027-01', '={{ $now.toMillis() }}', '={{ Date.now() }}', 'soon'])(
		'%s is refused before anything is sent, with the field and the accepted forms',
		async (value) => {
			const result = await update(value);
			expect([codeOf(result), stored()]).toEqual(['INVALID_INPUT', undefined]);
			expect(JSON.stringify(outputOf(result))).toMatch(/Gültig bis.*YYYY-MM-DD/);
			expect(emulator.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
		},
	);
});

describe('generated values', () => {
	const begin = async (rest: NodeRun['parameters'] = {}): Promise<Record<string, unknown>> =>
		outputOf(
			await run({
				resource: 'rotation',
				operation: 'begin',
				vault: byName('Production'),
				item: byName('Key'),
				field: 'credential',
				reveal: 'all',
				...rest,
			}),
		);

	it('need no escaping by default, and are as strong as before', async () => {
		const { secrets, entropyBits } = (await begin()) as { secrets: { pending: string }; entropyBits: number };
		expect(secrets.pending).toMatch(/^[A-Za-z][\w.-]{32}[A-Za-z0-9]$/);
		expect(encodeURIComponent(secrets.pending)).toBe(secrets.pending);
		expect(entropyBits).toBeGreaterThanOrEqual(198);
	});

	it('consist of the characters that a workflow has chosen', async () => {
		expect(await begin({ length: 128, characterSets: ['symbols'] })).toMatchObject({
			secrets: { pending: expect.stringMatching(/^[!*+\-.:=@^_~]{128}$/) },
		});
		expect(emulator.admin.items('Production')).toHaveLength(4);
	});

	it.each([
		[{}, /^[A-Za-z0-9]{34}$/],
		[{ length: 64, characterSets: ['LETTERS', 'DIGITS', 'SYMBOLS'] }, /[^A-Za-z0-9]/],
	])('from the server need no escaping either, unless symbols are chosen: %j', async (rest, form) => {
		const fields = { values: [{ field: 'password', mode: 'generate', ...rest }] };
		await run({ resource: 'item', operation: 'create', vault: byName('Production'), title: 'New', category: 'PASSWORD', fields });
		const made = emulator.admin.items('Production').find(({ title }) => title === 'New');
		expect(made?.fields?.find(({ id }) => id === 'password')?.value).toMatch(form);
	});
});

it.each([
	['postgres://app:op://Production/Key/credential?encode=url@db', `postgres://app:${encodeURIComponent(PASSWORD).replace("'", '%27')}@db`],
	['{"key": {{ op://Production/Key/credential?encode=json }}}', `{"key": ${JSON.stringify(PASSWORD)}}`],
	['login {{ op://Production/Key/credential?encode=shell }}', `login 'p@ss'\\'' "w$rd\\é'`],
	['=postgres://op://Production/Key/credential?encode=url@{{ "db" }}', `postgres://${encodeURIComponent(PASSWORD).replace("'", '%27')}@db`],
])('Inject escapes as requested: %s', async (template, result) => {
	expect(outputOf(await run(inject(template)))).toMatchObject({ result, references: [{ reference: 'op://Production/Key/credential' }] });
});

it("Inject refuses values that an .env file can't contain, without showing them", async () => {
	const result = await run(inject('A={{ op://Production/Key/credential?encode=env }}'));
	expect([codeOf(result), leaksIn(JSON.stringify(result.outputs), [PASSWORD])]).toEqual(['INVALID_INPUT', []]);
});

it.each([
	{ tag: '={{ $json.nothing }}' },
	{ titleContains: '={{ $json.nothing }}' },
	{ category: '={{ $json.nothing }}' },
	{ tag: ' ' },
	{ tag: '' },
	{ category: '={{ "NO_CATEGORY" }}' },
])('the filter %j, which matches nothing, does not list the whole vault', async (filters) => {
	const result = await run(list({ filters }));
	expect([codeOf(result), result.outputs[0]?.length]).toEqual(['INVALID_INPUT', 1]);
	expect(emulator.requests).toEqual([]);
});

it.each([{ returnAll: false, limit: '={{ $json.nothing }}' }, { returnAll: '={{ $json.nothing }}' }])(
	'%j, which finds nothing, does not mean what is preselected',
	async (parameters) => {
		expect(codeOf(await run(list(parameters)))).toBe('INVALID_INPUT');
		expect(emulator.requests).toEqual([]);
	},
);
