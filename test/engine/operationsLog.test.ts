/** What a failure leaves in n8n's log files, read as a monitoring tool would. */

import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const LOG_FILE = path.join(mkdtempSync(path.join(tmpdir(), 'n8n-log-')), 'n8n.log');
Object.assign(process.env, { N8N_LOG_LEVEL: 'info', N8N_LOG_OUTPUT: 'file', N8N_LOG_FILE_LOCATION: LOG_FILE });

import { load } from 'js-yaml';

import type { ConnectEmulator } from '../emulators/connect';
import { firingGroups, parseDatadogRule, parseLokiRule, type LogLine } from '../support/alertRules';
import { leaksIn } from '../support/canaries';
import { byName, onItem } from '../support/parameters';
import { ENGINE_VERSION, runNode, type Credential, type NodeRun } from './support/engine';
import { useOwnServer } from './support/ownServer';
import { openSecretHttpHost } from './support/secretHttpHost';
import { TriggerHost } from './support/triggerHost';

const SECRET = 'canary-secret';

let emulator: ConnectEmulator;
let credential: Credential;
let seen = 0;

useOwnServer(
	{ vaults: [{ name: 'Production', items: [{ title: 'Key', fields: [{ id: 'k', type: 'CONCEALED', label: 'key', value: SECRET }] }] }] },
	(server) => ({ emulator, credential } = server),
);

beforeEach(async () => void (await newLines()));

/** The lines since the last call, once the file has grown no more for a moment. */
async function newLines(): Promise<LogLine[]> {
	let text = '';
	for (let quiet = 0; quiet < 4; quiet++) {
		await new Promise((resolve) => setTimeout(resolve, 25));
		const grown = readLog();
		if (grown !== text) quiet = 0;
		text = grown;
	}
	const lines = text.split('\n').filter(Boolean);
	return lines.slice(seen, (seen = lines.length)).map((line) => JSON.parse(line) as LogLine);
}

function readLog(): string {
	try {
		return readFileSync(LOG_FILE, 'utf8');
	} catch {
		return '';
	}
}

const ours = (lines: readonly LogLine[]): LogLine[] => lines.filter(({ message }) => message.startsWith('1Password request failed'));
const hostOf = (url: string): string => new URL(url).host;
const get = (item: string, rest: Partial<NodeRun> = {}): NodeRun => ({ credential, parameters: onItem('get', byName(item)), ...rest });

describe('a node that fails', () => {
	it('has one line with code, server, workflow, execution, node, route and status', async () => {
		const { error, saved } = await runNode(get('Key', { credential: { ...credential, accessToken: 'canary-foreign' } }));
		const lines = await newLines();
		expect(ours(lines)).toMatchObject([
			{
				level: 'error',
				metadata: {
					code: 'ONEPASSWORD_AUTH_FAILED',
					host: hostOf(emulator.url),
					workflowId: 'wf-1',
					executionId: '77',
					node: '1Password',
					route: 'GET /v1/vaults',
					status: 401,
				},
			},
		]);
		// n8n's own line has the message alone, and what it saves has the error. n8n 2.8 writes none of its own.
		const own = lines.filter(({ message }) => /^Connect refused.*\[ONEPASSWORD_AUTH_FAILED\]$/.test(message));
		expect(own).toHaveLength(ENGINE_VERSION.startsWith('2.8.') ? 0 : 1);
		expect(error?.message).toMatch(/\[ONEPASSWORD_AUTH_FAILED\]$/);
		expect(leaksIn(JSON.stringify(lines) + saved, ['canary-foreign', SECRET])).toEqual([]);
	});

	it('has one line per attempt of Retry On Fail', async () => {
		await runNode(get('Nothing', { node: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } }));
		expect(ours(await newLines())).toHaveLength(3);
	});

	it('has one line for 10,000 failed inputs if the workflow continues', async () => {
		const inputs = Array.from({ length: 10_000 }, () => ({}));
		const { outputs } = await runNode(get('={{ $json.nothing }}', { inputs, node: { onError: 'continueRegularOutput' } }));
		const { error } = outputs[0]?.[0]?.json as { error: object };
		expect(error).toMatchObject({ code: 'INVALID_INPUT', message: expect.not.stringContaining('ONEPASSWORD') as string });
		expect(ours(await newLines())).toMatchObject([{ level: 'warn', metadata: { code: 'ONEPASSWORD_INVALID_INPUT', count: 10_000 } }]);
	}, 60_000);

	it('has no line if nothing fails', async () => {
		await runNode(get('Key'));
		expect(ours(await newLines())).toEqual([]);
	});
});

describe('a secret reference', () => {
	it("that can't be resolved is in the line, as entered by the user", async () => {
		const reference = 'op://Production/Nothing/key';
		await runNode({
			credential,
			parameters: { resource: 'secret', operation: 'resolve', references: { values: [{ reference, name: 'x' }] }, reveal: 'all' },
		});
		expect(ours(await newLines())).toMatchObject([{ metadata: { code: 'ONEPASSWORD_ITEM_NOT_FOUND', reference } }]);
	});
});

describe("a trigger that can't reach the server", () => {
	it("has a line for each poll, even if n8n isn't notified", async () => {
		const host = await TriggerHost.start({ credential });
		await host.activate();
		await emulator.close();
		for (let poll = 0; poll < 3; poll++) await host.tick();
		const lines = ours(await newLines());
		expect([host.failures.length, lines.length]).toEqual([1, 3]);
		expect(lines[0]?.metadata).toMatchObject({
			code: 'ONEPASSWORD_NETWORK',
			host: hostOf(emulator.url),
			workflowId: 'wf-1',
			node: '1Password Trigger',
		});
		expect(host.failures[0]?.message).toMatch(/\[ONEPASSWORD_NETWORK\]$/);
	}, 30_000);
});

describe('the credential for HTTP requests', () => {
	const open = async (rest: object): ReturnType<typeof openSecretHttpHost> =>
		await openSecretHttpHost({
			serverUrl: emulator.url,
			accessToken: emulator.token,
			reference: 'op://Production/Nothing/key',
			sendAs: 'bearer',
			cacheSeconds: 60,
			allowedHttpRequestDomains: 'all',
			session: '',
			...rest,
		});

	it("has a code in the request's error, and one line for many identical failures", async () => {
		const host = await open({});
		for (let call = 0; call < 5; call++) {
			await expect(host.former({ uri: 'http://127.0.0.1:9/x', method: 'GET' })).rejects.toThrow(/\[ONEPASSWORD_ITEM_NOT_FOUND\]/);
		}
		expect(ours(await newLines())).toMatchObject([
			{
				level: 'error',
				metadata: {
					code: 'ONEPASSWORD_ITEM_NOT_FOUND',
					host: hostOf(emulator.url),
					credential: 'onePasswordSecretHttpApi',
					reference: 'op://Production/Nothing/key',
				},
			},
		]);
	});
});

describe('the alert on more than 5 failures per server in 5 minutes', () => {
	const read = (file: string): unknown => load(readFileSync(path.join(__dirname, '../../docs/alerts', file), 'utf8'));
	const loki = read('loki-rules.yml') as { groups: Array<{ rules: Array<{ expr: string }> }> };
	const datadog = read('datadog-monitors.yml') as Array<{ query: string }>;
	const rules = [parseLokiRule(loki.groups[0]?.rules[0]?.expr ?? ''), parseDatadogRule(datadog[0]?.query ?? '')];

	it('fires on the log lines of nodes and the trigger, and not before', async () => {
		const host = await TriggerHost.start({ credential });
		await host.activate();
		emulator.revokeToken(emulator.token);
		for (let poll = 0; poll < 3; poll++) await host.tick();
		for (let run = 0; run < 2; run++) await runNode(get('Key'));
		const lines = await newLines();
		expect(rules.map((rule) => firingGroups(rule, lines, Date.now()))).toEqual([[], []]);
		await runNode(get('Key'));
		lines.push(...(await newLines()));
		expect(rules.map((rule) => firingGroups(rule, lines, Date.now()))).toEqual([[hostOf(emulator.url)], [hostOf(emulator.url)]]);
	}, 30_000);
});
