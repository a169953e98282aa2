import { leaksIn } from '../support/canaries';
import { findAtRest } from './support/filesAtRest';
import { answerJson, startLocalServer } from './support/localServer';
import { startN8n, type N8nServer } from './support/n8nServer';
import type { WorkflowDocument } from './support/n8nRest';
import { requestWorkflow, runByHand, runCase, type RequestCase, type SavedRun } from './support/requestWorkflow';
import { connectCredential, scheduleEvery } from './support/rotationWorkflow';
import { outputOf, type CliRun } from './support/runData';
import { NEW, OLD, startSecretScene, type SecretScene } from './support/secretScene';
import { waitFor } from './support/waitFor';
import { loadWorkflowFile } from './support/workflowFile';

const TYPE = 'onePasswordSecretHttpApi';
const WORKFLOW_ID = 'secretRequests01';
const REFERENCE = 'op://Production/Payments API/credential';
const FOREIGN_TOKEN = 'canary-foreign-token';
const SHORT_SECONDS = 3;

let scene: SecretScene;
let n8n: N8nServer;
let cases: RequestCase[];
let workflow: WorkflowDocument;
/** Every token that was ever issued: none may be found at rest. */
const oauthSecrets = new Set<string>();

/** As the dialog stores it. Different cache times separate the caches of the cases. */
const dataOf = (rest: object = {}): Record<string, unknown> => ({
	serverUrl: scene.connect.url,
	accessToken: scene.connect.token,
	reference: REFERENCE,
	sendAs: 'bearer',
	allowedHttpRequestDomains: 'domains',
	allowedDomains: '127.0.0.1',
	cacheSeconds: 60,
	...rest,
});

function makeCredentials(): Record<string, Record<string, unknown>> {
	return {
		secretBearer0001: dataOf(),
		secretHeader0001: dataOf({ sendAs: 'header', headerName: 'X-API-Key' }),
		secretBasic00001: dataOf({ sendAs: 'basic', username: 'ada' }),
		secretQuery00001: dataOf({ sendAs: 'query', queryName: 'api_key' }),
		secretUnknown001: dataOf({ reference: 'op://Production/Payments API/nothing' }),
		secretForeign001: dataOf({ accessToken: FOREIGN_TOKEN }),
		secretRetry00001: dataOf({ cacheSeconds: 601 }),
		secretPlain00001: dataOf({ cacheSeconds: 602 }),
		secretShort00001: dataOf({ cacheSeconds: SHORT_SECONDS }),
	};
}

function makeCases(): RequestCase[] {
	const { api } = scene;
	const get = (name: string, credentialId: string, path = '/data', rest: Partial<RequestCase> = {}, options: object = {}): RequestCase => ({
		name,
		credentialId,
		parameters: { url: api.url(path), options },
		...rest,
	});
	const neverError = { response: { response: { fullResponse: true, neverError: true } } };
	return [
		get('bearer', 'secretBearer0001'),
		get('header', 'secretHeader0001'),
		get('basic', 'secretBasic00001'),
		get('query', 'secretQuery00001'),
		{
			name: 'GraphQL',
			credentialId: 'secretBearer0001',
			type: 'n8n-nodes-base.graphql',
			typeVersion: 1.1,
			parameters: { endpoint: api.url('/graphql'), requestFormat: 'json', query: '{ me }' },
		},
		...['secretBearer0001', 'secretHeader0001', 'secretBasic00001', 'secretQuery00001'].flatMap((id, index) => [
			get(`500 ${index}`, id, '/status/500'),
			get(`401 ${index}`, id, '/status/401'),
			get(`no API ${index}`, id, '/', { parameters: { url: 'http://127.0.0.1:9/', options: {} } }),
			// Since this version, the node also outputs details of the error.
			get(`error as output ${index}`, id, '/status/401', { typeVersion: 4.5, node: { onError: 'continueRegularOutput' } }),
			get(`never an error ${index}`, id, '/status/500', {}, neverError),
			get(`redirect ${index}`, id, `/data?to=${encodeURIComponent(api.url('/stolen', 'localhost'))}`),
		]),
		get('another host', 'secretBearer0001', '/', { parameters: { url: api.url('/data', 'localhost'), options: {} } }),
		get('unknown reference', 'secretUnknown001'),
		get('foreign token', 'secretForeign001'),
		get('with retry', 'secretRetry00001', '/data', { node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 100 } }),
		get('without retry', 'secretPlain00001'),
		get('short time', 'secretShort00001'),
	];
}

beforeAll(async () => {
	scene = await startSecretScene();
	n8n = await startN8n({
		env: {
			CREDENTIALS_OVERWRITE_DATA: JSON.stringify({ [TYPE]: { serverUrl: scene.connect.url, accessToken: scene.adminToken } }),
			// Otherwise n8n gives the administrator's token to a credential with its own server.
			N8N_SKIP_CREDENTIAL_OVERWRITE: TYPE,
		},
	});
	cases = makeCases();
	workflow = requestWorkflow(WORKFLOW_ID, cases);
	const oauthWorkflow = await loadOAuthWorkflow();
	const oauthCredential = {
		id: 'onePasswordDemo1',
		name: 'Access token',
		type: TYPE,
		data: dataOf({ reference: 'op://Production/Billing OAuth/access token', cacheSeconds: 600 }),
	};
	await n8n.cli.importCredentials([
		...Object.entries(makeCredentials()).map(([id, data]) => ({ id, name: id, type: TYPE, data })),
		connectCredential(oauthWorkflow, scene.connect),
		oauthCredential,
	]);
	await n8n.rest.importWorkflow(workflow);
	await n8n.rest.activateWorkflow(WORKFLOW_ID);
	await n8n.rest.importWorkflow(oauthWorkflow);
});

afterAll(async () => {
	await Promise.allSettled([n8n?.stop(), scene?.close()]);
});

const run = async (name: string): Promise<SavedRun> =>
	await runCase(
		n8n,
		WORKFLOW_ID,
		cases.findIndex((one) => one.name === name),
	);

/** The requests of the API while something is done, such as `old by bearer: 200`. */
async function callsDuring(task: () => Promise<unknown>): Promise<string[]> {
	const before = scene.api.calls.length;
	await task();
	return scene.api.calls.slice(before).map(({ shown, by, status }) => `${shown} by ${by}: ${status}`);
}

const messageOf = ({ data }: SavedRun): string => `${data.resultData.error?.message} ${data.resultData.error?.description ?? ''}`;

describe('a request with a secret from 1Password', () => {
	it.each(['bearer', 'header', 'basic', 'query'])('contains it as %s', async (by) => {
		const calls = await callsDuring(async () => {
			const { status, data } = await run(by);
			expect([status, outputOf(data, by)]).toEqual(['success', [{ me: 'ada' }]]);
		});
		expect(calls).toEqual([`old by ${by}: 200`]);
	});

	it('works with the GraphQL node', async () => {
		const { status, data } = await run('GraphQL');
		expect([status, outputOf(data, 'GraphQL')]).toEqual(['success', [{ data: { me: 'ada' } }]]);
	});

	it('works in a manual run from the editor', async () => {
		const { status, mode } = await runByHand(n8n, workflow);
		expect([status, mode]).toEqual(['success', 'manual']);
	});

	it.each(
		[0, 1, 2, 3].flatMap((index) => ['500', '401', 'no API', 'error as output', 'never an error', 'redirect'].map((what) => [`${what} ${index}`])),
	)('can fail and be saved: %s', async (name) => {
		const { status } = await run(name);
		expect(status).toBe(/output|never/.test(name) ? 'success' : 'error');
	});

	it('is not sent to the target of a redirect', () => {
		expect(scene.api.calls.filter(({ path, host }) => path === '/stolen' || host !== '127.0.0.1')).toEqual([]);
	});

	it('is not sent to a host that is not allowed, and n8n says so', async () => {
		const calls = await callsDuring(async () => expect(messageOf(await run('another host'))).toMatch(/localhost/));
		expect(calls).toEqual([]);
	});

	it.each([
		['unknown reference', /op:\/\/Production\/Payments API\/nothing: .*no field/i],
		['foreign token', /token/],
	])('is not sent without a secret, and the error says why: %s', async (name, says) => {
		const calls = await callsDuring(async () => expect(messageOf(await run(name))).toMatch(says));
		expect(calls).toEqual([]);
	});
});

describe('a secret that is rotated in 1Password', () => {
	it('is used within the same execution by a node with Retry On Fail', async () => {
		await run('with retry');
		await run('without retry');
		scene.store(NEW);
		scene.accept('new');
		const calls = await callsDuring(async () => expect((await run('with retry')).status).toBe('success'));
		expect(calls).toEqual(['old by bearer: 401', 'new by bearer: 200']);
	});

	it('is used by the next execution after a 401', async () => {
		const calls = await callsDuring(async () => {
			expect((await run('without retry')).status).toBe('error');
			expect((await run('without retry')).status).toBe('success');
		});
		expect(calls).toEqual(['old by bearer: 401', 'new by bearer: 200']);
	});

	it('is used after the cache time, although the API still accepts the old one', async () => {
		scene.accept('old', 'new');
		const calls = await callsDuring(async () => await run('short time'));
		const readAtMs = Date.now();
		scene.store(OLD);
		const soon = await callsDuring(async () => await run('short time'));
		expect([calls, soon]).toEqual([['new by bearer: 200'], ['new by bearer: 200']]);
		await waitFor(async () => (await callsDuring(async () => await run('short time')))[0] === 'old by bearer: 200', {
			timeoutMs: (SHORT_SECONDS + 10) * 1_000,
			what: 'the value to be read again',
		});
		expect(Date.now() - readAtMs).toBeGreaterThan((SHORT_SECONDS - 1) * 1_000);
	});
});

describe("the credential's test", () => {
	const test = async (rest: object = {}): Promise<string> => {
		const { status, message } = await n8n.rest.testCredential({ type: TYPE, data: dataOf({ cacheSeconds: 0, ...rest }) });
		return `${status}: ${message}`;
	};

	it('succeeds if the secret can be read, and sends it nowhere', async () => {
		const calls = await callsDuring(async () => expect(await test()).toBe('OK: Connection successful!'));
		expect(calls).toEqual([]);
	});

	it('succeeds behind a proxy that only lets the API through', async () => {
		scene.connect.faults.script({ kind: 'status', status: 404, match: { path: /heartbeat/ } });
		expect(await test()).toBe('OK: Connection successful!');
	});

	it.each<[string, object, RegExp]>([
		['an unknown reference', { reference: 'op://Production/Nothing/credential' }, /^Error: op:\/\/Production\/Nothing\/credential: .*\./],
		['something that is no reference', { reference: OLD }, /^Error: 'Secret Reference' does not contain a secret reference/],
		['a foreign token', { accessToken: FOREIGN_TOKEN }, /^Error: .*token/],
		['no server', { serverUrl: 'http://127.0.0.1:9' }, /^Error: .*server/],
		['another Connect host', { allowedDomains: 'api.example.com' }, /^Error: .*127\.0\.0\.1, is not among the credential's 'Allowed Domains'/],
		['no allowed domain', { allowedDomains: '' }, /^Error: .*[Aa]llowed [Dd]omains/],
		['None as the allowed domains', { allowedHttpRequestDomains: 'none' }, /^Error: .*None/],
	])('fails with %s, and says why', async (_what, rest, says) => {
		const verdict = await test(rest);
		expect(verdict).toMatch(says);
		expect(leaksIn(verdict, [OLD, NEW, FOREIGN_TOKEN, scene.connect.token])).toEqual([]);
	});
});

describe('a server and a token set by the administrator', () => {
	const create = async (rest: object): Promise<string> => {
		const data = dataOf({ serverUrl: '', accessToken: '', cacheSeconds: 603, ...rest });
		const { id } = await n8n.rest.call<{ id: string }>('POST', '/rest/credentials', { name: 'Without a token', type: TYPE, data });
		return id;
	};
	const runWith = async (credentialId: string, id: string): Promise<SavedRun> => {
		const only = { name: 'with it', credentialId, parameters: { url: scene.api.url('/data'), options: {} } };
		await n8n.rest.importWorkflow(requestWorkflow(id, [only]));
		await n8n.rest.activateWorkflow(id);
		return await runCase(n8n, id, 0);
	};

	it('are used by a credential that has none', async () => {
		const id = await create({});
		const { data } = await n8n.rest.call<{ data: Record<string, unknown> }>('GET', `/rest/credentials/${id}?includeData=true`);
		expect(JSON.stringify(data)).not.toContain(scene.adminToken);
		expect((await runWith(id, 'overwritten00001')).status).toBe('success');
	});

	it("are never sent to someone else's server", async () => {
		const seen: string[] = [];
		const spy = await startLocalServer((request, response) => {
			seen.push(JSON.stringify(request.headers));
			answerJson(response, 200, []);
		});
		const id = await create({ serverUrl: `http://127.0.0.1:${spy.port}` });
		expect(messageOf(await runWith(id, 'overwritten00002'))).toMatch(/'Access Token'/);
		expect(seen).toEqual([]);
		await spy.close();
	});
});

async function loadOAuthWorkflow(): Promise<WorkflowDocument> {
	const { tokenUrl, apiUrl } = scene.oauth;
	const loaded = await loadWorkflowFile('refresh-oauth-token.json', { tokenUrl, apiUrl, vault: 'Production', item: 'Billing OAuth' });
	for (const node of loaded.nodes) if (node['retryOnFail'] === true) node['waitBetweenTries'] = 200;
	return loaded;
}

describe('refreshing an OAuth token with the example workflow', () => {
	const ID = 'refreshOAuth0001';

	const note = (): void => {
		const { accessToken, refreshToken } = scene.storedTokens();
		oauthSecrets.add(accessToken).add(refreshToken);
	};
	beforeEach(note);
	afterEach(() => {
		note();
		scene.connect.faults.clear();
	});

	/** Which node the run ended with, and why. */
	const endOf = (run: CliRun | undefined): string[] => [run?.data.resultData.lastNodeExecuted ?? '', run?.data.resultData.error?.message ?? ''];

	it('stores both tokens and their expiry in one update, and the API accepts the new one', async () => {
		const before = scene.storedTokens();
		const { exitCode, run } = await n8n.cli.executeByCli(ID);
		expect([exitCode, ...endOf(run)]).toEqual([0, 'Use access token', '']);
		const after = scene.storedTokens();
		expect(after.version).toBe(before.version + 1);
		expect([scene.oauth.isGood(after.accessToken), scene.oauth.isRefreshable(after.refreshToken)]).toEqual([true, true]);
		expect(scene.oauth.isRefreshable(before.refreshToken)).toBe(false);
		expect(Math.abs(Date.parse(after.expiresAt) - Date.now() - 3_600_000)).toBeLessThan(120_000);
		expect(scene.oauth.answers.slice(-2)).toEqual(['token 200', 'me 200']);
	});

	it("keeps the tokens in a separate item if they can't be stored", async () => {
		const before = scene.storedTokens();
		scene.connect.faults.script({ kind: 'status', status: 400, match: { method: 'PATCH' } });
		const { exitCode, run } = await n8n.cli.executeByCli(ID);
		const [last, message] = endOf(run);
		expect([exitCode, last]).toEqual([1, 'Stop: kept aside']);
		expect(scene.storedTokens()).toEqual(before);
		const aside = scene.connect.admin.items('Production').find(({ title = '' }) => title.startsWith('Billing OAuth: tokens not stored'));
		expect(message).toContain(aside?.title);
		const valueOf = (label: string): string => aside?.fields?.find((one) => one.label === label)?.value ?? '';
		expect([scene.oauth.isGood(valueOf('access token')), scene.oauth.isRefreshable(valueOf('refresh token'))]).toEqual([true, true]);
		oauthSecrets.add(valueOf('access token')).add(valueOf('refresh token'));
		// What the message asks for.
		storeTokens(valueOf('access token'), valueOf('refresh token'));
	});

	it("says that the tokens are lost if they can't be stored anywhere", async () => {
		for (const method of ['PATCH', 'POST']) scene.connect.faults.script({ kind: 'status', status: 400, match: { method }, times: Infinity });
		const { exitCode, run } = await n8n.cli.executeByCli(ID);
		expect([exitCode, endOf(run)[0]]).toEqual([1, 'Stop: tokens lost']);
	});

	it('says what to do if the service refuses the refresh token', async () => {
		const { exitCode, run } = await n8n.cli.executeByCli(ID);
		const [last, message] = endOf(run);
		expect([exitCode, last]).toEqual([1, 'Stop: refused']);
		expect(message).toMatch(/answered with status 400.*sign in again/);
		expect(scene.oauth.answers.at(-1)).toBe('token 400');
	});

	it('says what to do if the service does not answer', async () => {
		const { accessToken, refreshToken } = scene.oauth.signIn();
		storeTokens(accessToken, refreshToken);
		scene.oauth.loseNextAnswer();
		const { exitCode, run } = await n8n.cli.executeByCli(ID);
		expect([exitCode, endOf(run)[0]]).toEqual([1, 'Stop: no answer']);
	});

	it('calls the API with the new token after each scheduled refresh', async () => {
		const { accessToken, refreshToken } = scene.oauth.signIn();
		storeTokens(accessToken, refreshToken);
		const from = scene.oauth.answers.length;
		const stored = await n8n.rest.call<WorkflowDocument>('GET', `/rest/workflows/${ID}`);
		const faster: WorkflowDocument = { ...stored, id: 'refreshOAuth0002' };
		scheduleEvery(faster, 5);
		await n8n.rest.importWorkflow(faster);
		await n8n.rest.activateWorkflow(faster.id);
		const answers = (): string => scene.oauth.answers.slice(from).join(', ');
		await waitFor(
			async () => {
				note();
				return await Promise.resolve((answers().match(/me 200/g) ?? []).length >= 3);
			},
			{ timeoutMs: 90_000, everyMs: 50, what: 'three calls by schedule', details: answers },
		);
		await n8n.rest.deactivateWorkflow(faster.id);
		// The second run still has the first one's token in its cache: refused once, then read again.
		expect(answers()).toMatch(/^token 200, me 200, token 200, me 401, me 200, token 200, me 401, me 200/);
		note();
	});
});

function storeTokens(accessToken: string, refreshToken: string): void {
	const { connect } = scene;
	const item = connect.admin.items('Production').find(({ title }) => title === 'Billing OAuth');
	const values: Record<string, string> = { 'access token': accessToken, 'refresh token': refreshToken };
	connect.admin.editItem('Production', item?.id ?? '', ({ fields = [], ...rest }) => ({
		...rest,
		fields: fields.map((field) => ({ ...field, value: values[field.label ?? ''] ?? field.value })),
	}));
	connect.admin.settle();
}

it("leaves no secret or token in n8n's database, files or log", async () => {
	const database = (await n8n.databaseBytes()).toString('latin1');
	const secrets = [OLD, NEW, `ada:${OLD}`, `ada:${NEW}`, FOREIGN_TOKEN, scene.connect.token, scene.adminToken];
	const all = [...secrets, scene.oauth.tokenPrefix, ...oauthSecrets];
	// Proof that the search sees what was saved.
	expect(database).toContain('who are you?');
	expect(leaksIn(database, all)).toEqual([]);
	expect(leaksIn(n8n.logs(), all)).toEqual([]);
	for (const secret of all) expect(await findAtRest(n8n.userFolder, secret)).toEqual([]);
});
