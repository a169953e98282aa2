import { NO_LAG, startConnectEmulator, type ConnectEmulator } from '../emulators/connect';
import { leaksIn } from '../support/canaries';
import { byName, onItem, setFields } from '../support/parameters';
import { runNode, type NodeRunResult } from './support/engine';
import { startApi } from './support/secretHttpHost';

/** What a credential allows within its token's rights, in the real engine. */

const HEADER = 'canary-gateway-S3cret';

let emulator: ConnectEmulator;

beforeEach(async () => {
	const items = [{ title: 'Payments API', fields: [{ id: 'credential', type: 'CONCEALED' as const, label: 'credential', value: 'x' }] }];
	emulator = await startConnectEmulator({
		behaviour: NO_LAG,
		seed: {
			vaults: [
				{ name: 'Production', items },
				{ name: 'Other', items },
			],
		},
	});
});

afterEach(async () => await emulator.close());

const run = async (parameters: object, rest: Record<string, string | boolean | number>): Promise<NodeRunResult> =>
	await runNode({
		credential: { serverUrl: emulator.url, accessToken: emulator.token, ...rest },
		parameters: parameters as never,
	});

const codeOf = ({ error }: NodeRunResult): unknown => /\[(\w+)\]$/.exec(String(error?.description))?.[1];

const inVault = (vault: string, operation: string, rest: object = {}): object => ({
	...onItem(operation, byName('Payments API')),
	vault: byName(vault),
	...rest,
});

const WRITES: ReadonlyArray<readonly [string, object]> = [
	['create', { resource: 'item', operation: 'create', vault: byName('Production'), title: 'New', category: 'LOGIN' }],
	['update', inVault('Production', 'update', setFields({ credential: 'y' }))],
	['upsert', { resource: 'item', operation: 'upsert', vault: byName('Production'), title: 'Payments API', ...setFields({ credential: 'y' }) }],
	['delete', inVault('Production', 'delete')],
	['begin', { ...inVault('Production', 'begin', { field: 'credential' }), resource: 'rotation' }],
	['finish', { ...inVault('Production', 'finish', { rotationId: 'r' }), resource: 'rotation' }],
	['rollback', { ...inVault('Production', 'rollback', { rotationId: 'r' }), resource: 'rotation' }],
];

it.each(WRITES)('a read-only credential refuses %s before anything is sent', async (_what, parameters) => {
	const result = await run(parameters, { readOnly: true });
	expect([codeOf(result), emulator.requests.length]).toEqual(['FORBIDDEN', 0]);
	expect(result.error?.message).toContain('read-only');
});

it('a read-only credential allows reads and dry runs', async () => {
	expect((await run(inVault('Production', 'get'), { readOnly: true })).error).toBeUndefined();
	const dry = await run(inVault('Production', 'update', { ...setFields({ credential: 'y' }), options: { dryRun: true } }), {
		readOnly: true,
	});
	expect(dry.error).toBeUndefined();
	expect(dry.outputs[0]?.[0]?.json.changes).toHaveLength(1);
});

it('a credential for one vault sends no request for another', async () => {
	const other = emulator.admin.vaults().find(({ name }) => name === 'Other')?.id ?? '';
	const rules = { allowedVaults: 'Production' };
	const list = await run({ resource: 'vault', operation: 'getMany', returnAll: true }, rules);
	expect(list.outputs[0]?.map(({ json }) => json.name)).toEqual(['Production']);
	expect((await run(inVault('Production', 'get'), rules)).error).toBeUndefined();
	expect(codeOf(await run(inVault('Other', 'get'), rules))).toBe('VAULT_NOT_FOUND');
	const byId = inVault('Other', 'get', { vault: { __rl: true, mode: 'id', value: other } });
	expect(codeOf(await run(byId, rules))).toBe('FORBIDDEN');
	expect(emulator.requests.filter(({ path }) => path.includes(other))).toEqual([]);
});

it('extra headers pass a gateway, and are not in anything that n8n saves', async () => {
	const gateway = await startApi((request, response) => {
		const { authorization = '', 'cf-access-client-secret': key } = request.headers;
		if (key !== HEADER) return void response.writeHead(403, { 'content-type': 'text/html' }).end('<html>Sign in</html>');
		void fetch(`${emulator.url}${request.url}`, { headers: { authorization } }).then(async (answer) =>
			response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text()),
		);
	});
	const serverUrl = `http://127.0.0.1:${gateway.port}`;
	const failed = await run(inVault('Production', 'get'), { serverUrl });
	expect([codeOf(failed), gateway.calls.length]).toEqual(['UNAVAILABLE', 4]);
	const good = await run(inVault('Production', 'get'), { serverUrl, extraHeaders: JSON.stringify({ 'CF-Access-Client-Secret': HEADER }) });
	expect(good.error).toBeUndefined();
	const agents = gateway.calls.map(({ headers }) => headers['user-agent'] ?? '');
	expect(agents.every((agent) => agent.startsWith('n8n-nodes-1password-connect/'))).toBe(true);
	await gateway.close();
	const bad = await run(inVault('Production', 'get'), { extraHeaders: `Authorization: ${HEADER}` });
	expect(codeOf(bad)).toBe('INVALID_INPUT');
	expect(leaksIn(failed.saved + good.saved + bad.saved, [HEADER, emulator.token])).toEqual([]);
});

it('a response over the size limit is refused', async () => {
	const result = await run(inVault('Production', 'get'), { maxResponseSize: 0.0001 });
	expect([codeOf(result), result.error?.message]).toEqual(['INVALID_INPUT', expect.stringContaining('larger than the credential allows')]);
});

it('token info is included with the vaults if requested, without the token itself', async () => {
	const accessToken = emulator.issueToken({ name: 'n8n-read', vaults: { Production: 'r' } });
	const parameters = { resource: 'vault', operation: 'getMany', returnAll: true };
	const { outputs, saved } = await run({ ...parameters, options: { includeTokenInfo: true } }, { accessToken });
	expect(outputs[0]?.map(({ json }) => json)).toMatchObject([
		{ name: 'Production', rights: { read: true, write: false }, token: { integration: 'n8n-read', tokenId: expect.any(String) } },
	]);
	expect(leaksIn(saved, [accessToken, accessToken.split('.')[1] ?? ''])).toEqual([]);
	expect((await run(parameters, { accessToken })).outputs[0]?.[0]?.json).not.toHaveProperty('token');
});
