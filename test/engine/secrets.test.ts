import type { ConnectEmulator } from '../emulators/connect';
import { canary, leaksIn } from '../support/canaries';
import { byName, onItem, setFields } from '../support/parameters';
import { AS_TOOL, loadPackage, runNode, type Credential, type NodeRun, type NodeRunResult } from './support/engine';
import { useOwnServer } from './support/ownServer';

const KEY = canary('key');
const PASSWORD = canary('pw');
const NOTE = canary('note');
const FILE = canary('file');
const SEED = 'otpauth://totp/Example:ada?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const SECRETS = [KEY, PASSWORD, NOTE, FILE, SEED];
const HIDDEN = '<concealed by 1Password>';

const A = 'op://Production/Payments API';

let emulator: ConnectEmulator;
let credential: Credential;

useOwnServer(
	{
		vaults: [
			{
				name: 'Production',
				items: [
					{
						title: 'Payments API',
						category: 'API_CREDENTIAL',
						sections: [{ id: 'admin', label: 'Admin' }],
						fields: [
							{ id: 'credential', type: 'CONCEALED', label: 'credential', value: KEY },
							{ id: 'keyid', type: 'STRING', label: 'key id', value: 'k-1' },
							{ id: 'empty', type: 'CONCEALED', label: 'empty' },
							{ id: 'pw', type: 'CONCEALED', label: 'password', section: { id: 'admin' }, value: PASSWORD },
							{ id: 'notesPlain', purpose: 'NOTES', type: 'STRING', label: 'notesPlain', value: NOTE },
							{ id: 'TOTP_1', type: 'OTP', label: 'code', value: SEED },
						],
						files: [{ name: 'key.pem', content: FILE }],
					},
					{
						title: 'Second',
						category: 'API_CREDENTIAL',
						fields: [{ id: 'credential', type: 'CONCEALED', label: 'credential', value: 'second' }],
					},
					{ title: 'Twin' },
					{ title: 'Twin' },
					{ title: 'Blank' },
				],
			},
		],
	},
	(server) => ({ emulator, credential } = server),
);

type Rest = Partial<Omit<NodeRun, 'parameters' | 'credential'>>;

const run = async (parameters: NodeRun['parameters'], rest: Rest = {}): Promise<NodeRunResult> =>
	await runNode({ credential, parameters: { resource: 'secret', ...parameters }, ...rest });

const resolve = (rows: ReadonlyArray<{ reference: string; name?: string }>, more: NodeRun['parameters'] = {}): NodeRun['parameters'] => ({
	operation: 'resolve',
	references: { values: rows as never },
	...more,
});

const inject = (template: unknown, more: NodeRun['parameters'] = {}): NodeRun['parameters'] =>
	({ operation: 'inject', template, ...more }) as NodeRun['parameters'];

const REVEAL = { reveal: 'all' };

const outputOf = ({ outputs }: NodeRunResult): Record<string, unknown> => ({ ...outputs[0]?.[0]?.json });

/** What n8n would save but the parameters, which hold references only. */
const leaks = ({ saved }: NodeRunResult): string[] => leaksIn(saved, SECRETS);

describe('secret: resolve', () => {
	it('conceals secret values by default, and reports what exists', async () => {
		const result = await run(
			resolve([{ reference: `${A}/credential` }, { reference: `${A}/key id` }, { reference: `${A}/empty` }, { reference: `${A}/key.pem` }]),
		);
		expect(outputOf(result)).toMatchObject({
			secrets: { credential: HIDDEN, 'key id': 'k-1', empty: '', 'key.pem': HIDDEN },
			references: [
				{
					name: 'credential',
					reference: `${A}/credential`,
					kind: 'field',
					type: 'concealed',
					concealed: true,
					empty: false,
					id: 'credential',
					label: 'credential',
				},
				{ name: 'key id', type: 'string', concealed: false },
				{ name: 'empty', concealed: true, empty: true },
				{ name: 'key.pem', kind: 'file', type: 'file' },
			],
		});
		expect([leaks(result), result.hints]).toEqual([[], []]);
		expect(emulator.requests.some(({ path }) => path.endsWith('/content'))).toBe(false);
	});

	it('reveals them by name, with each value once', async () => {
		const rows = [
			{ reference: `${A}/credential`, name: 'apiKey' },
			{ reference: `${A}/Admin/password` },
			{ reference: `${A}/notesPlain` },
			{ reference: `${A}/key.pem` },
		];
		const result = await run(resolve(rows, REVEAL));
		expect(outputOf(result).secrets).toEqual({ apiKey: KEY, password: PASSWORD, notesPlain: NOTE, 'key.pem': FILE });
		expect(leaksIn(JSON.stringify(outputOf(result).references), SECRETS)).toEqual([]);
		expect(result.outputs[0]?.[0]?.pairedItem).toEqual({ item: 0 });
	});

	it('refuses duplicate names, so that neither value replaces the other', async () => {
		const { error } = await run(resolve([{ reference: `${A}/credential` }, { reference: 'op://Production/Second/credential' }], REVEAL));
		expect(error?.message).toContain('the name "credential"');
		const named = resolve([{ reference: `${A}/credential` }, { reference: 'op://Production/Second/credential', name: 'second' }], REVEAL);
		expect(outputOf(await run(named)).secrets).toEqual({ credential: KEY, second: 'second' });
	});

	it.each<[string, unknown]>([
		['lines', `API_KEY=${A}/credential\nID=${A}/key id`],
		['an array', `={{ [{ name: "API_KEY", reference: "${A}/credential" }, { name: "ID", reference: $json.second }] }}`],
		['an object', `={{ ({ API_KEY: "${A}/credential", ID: $json.second }) }}`],
	])('accepts a list given as %s', async (_how, referenceList) => {
		const parameters = { operation: 'resolve', specifyReferences: 'list', referenceList, ...REVEAL } as NodeRun['parameters'];
		const { secrets } = outputOf(await run(parameters, { inputs: [{ second: `${A}/key id` }] }));
		expect(secrets).toEqual({ API_KEY: KEY, ID: 'k-1' });
	});

	it('reads each item once for all inputs', async () => {
		const inputs = Array.from({ length: 30 }, (_, index) => ({ field: index % 2 === 0 ? 'credential' : 'key id' }));
		const result = await run(
			resolve([{ reference: `=${A}/{{ $json.field }}`, name: 'x' }, { reference: 'op://Production/Second/credential' }], REVEAL),
			{ inputs },
		);
		expect(result.outputs[0]?.map(({ json }) => (json.secrets as { x: string }).x)).toEqual(
			inputs.map(({ field }) => (field === 'credential' ? KEY : 'k-1')),
		);
		expect(emulator.requests).toHaveLength(4);
	});

	it('returns a one-time password with its remaining seconds', async () => {
		const output = outputOf(await run(resolve([{ reference: `${A}/code?attribute=otp` }, { reference: `${A}/code`, name: 'seed' }], REVEAL)));
		expect(output).toMatchObject({ secrets: { code: expect.stringMatching(/^\d{6}$/), seed: SEED } });
		const [{ secondsLeft }] = output.references as [{ secondsLeft: number }];
		expect(secondsLeft).toBeGreaterThanOrEqual(0);
		expect(secondsLeft).toBeLessThanOrEqual(30);
	});

	it('reports the failed reference separately for each input', async () => {
		const inputs = ['credential', 'nope'].map((field) => ({ field }));
		const parameters = resolve([{ reference: `=${A}/{{ $json.field }}`, name: 'x' }], REVEAL);
		const { outputs } = await run(parameters, { inputs, node: { onError: 'continueRegularOutput' } });
		expect(outputs[0]?.[0]?.json.secrets).toEqual({ x: KEY });
		expect(outputs[0]?.[1]).toMatchObject({
			json: {
				error: { code: 'FIELD_NOT_FOUND', reference: `${A}/nope`, message: expect.stringContaining(`${A}/nope: The item has no field`) },
			},
			pairedItem: { item: 1 },
		});
	});
});

describe('secret: inject', () => {
	const template = `db:\n  key: "{{ ${A}/credential }}"\n  id: op://Production/Second/credential\n  raw: {{ "{{ kept }}" }} $HOME`;

	it('conceals by default', async () => {
		const result = await run(inject(template));
		expect(outputOf(result).result).toBe(`db:\n  key: "${HIDDEN}"\n  id: ${HIDDEN}\n  raw: {{ kept }} $HOME`);
		expect([leaks(result), result.hints]).toEqual([[], []]);
	});

	it('inserts values into text unchanged', async () => {
		expect(outputOf(await run(inject(template, REVEAL))).result).toBe(`db:\n  key: "${KEY}"\n  id: second\n  raw: {{ kept }} $HOME`);
	});

	it.each<[string, unknown]>([
		['text', JSON.stringify({ key: `{{ ${A}/credential }}`, n: [1, 'x op://Production/Second/credential'] })],
		['an object', `={{ ({ key: "${A}/credential".replace("Payments API", $json.title), n: [1, "x op://Production/Second/credential"] }) }}`],
	])('fills in JSON given as %s', async (_how, json) => {
		const id = emulator.admin.items('Production').find(({ title }) => title === 'Payments API')?.id ?? '';
		const { result } = outputOf(await run(inject(json, { templateFormat: 'json', ...REVEAL }), { inputs: [{ title: id }] }));
		expect(result).toEqual({ key: KEY, n: [1, 'x second'] });
	});

	it('accepts a template from the input, including braces', async () => {
		const { result } = outputOf(await run(inject('={{ $json.template }}', REVEAL), { inputs: [{ template: `a {{ ${A}/credential }} b` }] }));
		expect(result).toBe(`a ${KEY} b`);
	});

	it.each<[string, NodeRun['parameters'], RegExp]>([
		['an expression that would evaluate the reference', inject(`=key: {{ ${A}/credential }}`), /is an expression/],
		['what is no JSON', inject(`{"key": ${canary('written')}`, { templateFormat: 'json' }), /is not valid JSON/],
		['a reference that breaks off', inject('a op://Production/x b'), /^op:\/\/Production\/x: .*fewer than three/],
		['an expression that finds no template', inject('={{ $json.nothing }}'), /is empty/],
	])('refuses %s', async (_what, parameters, says) => {
		const { error } = await run(parameters);
		expect(error?.message).toMatch(says);
		expect(leaksIn(JSON.stringify(error), [...SECRETS, canary('written')])).toEqual([]);
	});
});

describe('secret: check', () => {
	const rows = [`${A}/credential`, `${A}/key.pem`, `${A}/code?attribute=otp`, `${A}/nope`, 'op://Production/Twin/x', canary('pasted')].map(
		(reference) => ({ reference }),
	);

	it('reports which references resolve, and never a value', async () => {
		const result = await run({ ...resolve(rows, REVEAL), operation: 'check' });
		expect(outputOf(result)).toMatchObject({
			allResolve: false,
			references: [
				{ resolves: true, reference: `${A}/credential`, type: 'concealed', concealed: true, empty: false },
				{ resolves: true, kind: 'file' },
				{ resolves: true, type: 'otp' },
				{ resolves: false, reference: `${A}/nope`, error: { code: 'FIELD_NOT_FOUND' } },
				{ resolves: false, error: { code: 'AMBIGUOUS', candidates: [{}, {}] } },
				{ resolves: false, error: { code: 'INVALID_INPUT' } },
			],
		});
		expect([leaks(result), leaksIn(JSON.stringify(result.outputs), [canary('pasted')]), result.hints]).toEqual([[], [], []]);
		expect(emulator.requests.filter(({ path }) => path.endsWith('/content'))).toEqual([]);
	});

	it('reports that all references resolve', async () => {
		expect(outputOf(await run({ ...resolve([{ reference: `${A}/key id` }]), operation: 'check' }))).toMatchObject({ allResolve: true });
	});

	it('fails if the server fails', async () => {
		const { error } = await runNode({
			credential: { ...credential, accessToken: 'eyJ.foreign.x' },
			parameters: { resource: 'secret', ...resolve(rows), operation: 'check' },
		});
		expect(error?.description).toContain('[AUTH_FAILED]');
	});
});

describe.each(AS_TOOL)('an AI agent (%s)', (_how, node) => {
	it.each([resolve([{ reference: `${A}/credential` }], REVEAL), inject(`${A}/credential`, REVEAL)])(
		"can't reveal values, refused before anything is sent: $operation",
		async (parameters) => {
			const result = await run(parameters, { node });
			expect(result.saved).toContain('Secret values are not given to AI agents');
			expect([leaks(result), emulator.requests]).toEqual([[], []]);
		},
	);

	it('gets no value, not even a harmless one', async () => {
		const rows = [`${A}/credential`, `${A}/key id`, `${A}/empty`, `${A}/key.pem`].map((reference) => ({ reference }));
		const resolved = await run(resolve(rows), { node });
		expect(resolved.saved).toContain('"type":"string"');
		const injected = await run(inject(`{{ ${A}/key id }} {{ ${A}/credential }}`), { node });
		const checked = await run({ ...resolve(rows), operation: 'check' }, { node });
		expect(checked.saved).toContain('"allResolve":true');
		for (const result of [resolved, injected, checked]) expect([leaks(result), result.saved.includes('k-1'), result.hints]).toEqual([[], false, []]);
	});
});

describe('the hint that revealed values are saved', () => {
	const file = {
		resource: 'file',
		operation: 'download',
		vault: byName('Production'),
		item: byName('Payments API'),
		file: byName('key.pem'),
	};
	const written = { ...setFields({ credential: 'new' }), ...REVEAL };

	it.each<[string, NodeRun['parameters']]>([
		['secret: resolve', { resource: 'secret', ...resolve([{ reference: `${A}/credential` }], REVEAL) }],
		['secret: inject', { resource: 'secret', ...inject(`x ${'op://Production/Second/credential'}`, REVEAL) }],
		['item: get', onItem('get', byName('Payments API'), { reveal: 'selected', revealFields: ['credential'] })],
		['item: get, raw', onItem('get', byName('Payments API'), { ...REVEAL, simplify: false })],
		['item: update', onItem('update', byName('Payments API'), written)],
		['item: create', { resource: 'item', operation: 'create', vault: byName('Production'), title: 'New', category: 'PASSWORD', ...written }],
		['item: upsert', { resource: 'item', operation: 'upsert', vault: byName('Production'), title: 'Newer', category: 'PASSWORD', ...written }],
		['file: download', file],
	])('appears once per run (%s), and not if nothing is saved', async (_what, parameters) => {
		const { hints, status } = await runNode({ credential, parameters, inputs: [{}, {}, {}] });
		expect([status, hints.map(({ message, type }) => [message, type])]).toEqual([
			'success',
			[[expect.stringContaining('workflow settings'), 'warning']],
		]);
		const settings = { saveDataSuccessExecution: 'none', saveDataErrorExecution: 'none', saveManualExecutions: false } as const;
		const again = { ...parameters, ...('title' in parameters && { title: 'Another' }) };
		expect((await runNode({ credential, parameters: again, settings })).hints).toEqual([]);
	});

	it.each<[string, NodeRun['parameters']]>([
		['a field that is no secret', onItem('get', byName('Payments API'), { reveal: 'selected', revealFields: ['key id'] })],
		['an item that holds none', onItem('get', byName('Blank'), REVEAL)],
		[
			'a reference to one',
			{
				resource: 'secret',
				...resolve([{ reference: `${A}/key id` }, { reference: `${A}/empty` }, { reference: `${A}/credential?attribute=type` }], REVEAL),
			},
		],
	])('does not appear for %s', async (_what, parameters) => {
		const { hints, status } = await runNode({ credential, parameters });
		expect([status, hints]).toEqual(['success', []]);
	});
});

it('lists the output properties with secret values, for n8n releases that hide them', async () => {
	const { description } = (await loadPackage()).getNode('onePassword').type as { description: { sensitiveOutputFields?: string[] } };
	const runs = [
		{ resource: 'secret', ...resolve([{ reference: `${A}/credential` }], REVEAL) },
		{ resource: 'secret', ...inject(`${'op://Production/Second/credential'} {{ ${A}/credential }}`, REVEAL) },
		onItem('get', byName('Payments API'), REVEAL),
		onItem('get', byName('Payments API'), { ...REVEAL, simplify: false }),
	];
	for (const parameters of runs) {
		const output = outputOf(await runNode({ credential, parameters }));
		expect(leaksIn(JSON.stringify(output), SECRETS)).not.toEqual([]);
		for (const member of description.sensitiveOutputFields ?? []) delete output[member];
		expect(leaksIn(JSON.stringify(output), SECRETS)).toEqual([]);
	}
});
