import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { startConnectEmulator, type ConnectEmulator } from '../emulators/connect';
import { startN8n, type N8nServer } from './support/n8nServer';

/** What the credential test distinguishes, in a real n8n. */

let emulator: ConnectEmulator;
let n8n: N8nServer;
/** Some other server: answers with a page, with an object, with "not found" or with a redirect. */
let other: Server;

beforeAll(async () => {
	emulator = await startConnectEmulator({ seed: { vaults: [{ name: 'Production' }] }, basePath: '/connect' });
	other = createServer((request, response) => {
		const [, kind] = request.url?.split('/') ?? [];
		if (kind === 'moved') response.writeHead(301, { location: `${emulator.url}/v1/vaults` }).end();
		else if (kind === 'missing') response.writeHead(404).end('404 page not found');
		else if (kind === 'json') response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
		else response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome</html>');
	}).listen(0, '127.0.0.1');
	n8n = await startN8n();
});

afterAll(async () => {
	other?.close();
	await Promise.allSettled([n8n?.stop(), emulator?.close()]);
});

const test = async (data: { serverUrl?: string; accessToken?: string }): Promise<string> => {
	const { status, message } = await n8n.rest.testCredential({
		type: 'onePasswordConnectApi',
		data: { serverUrl: emulator.url, accessToken: emulator.token, ...data },
	});
	return `${status}: ${message}`;
};
const at = (kind: string): string => `http://127.0.0.1:${(other.address() as AddressInfo).port}/${kind}`;

it.each(['', '/', '/v1', '/v1/'])('the credential test succeeds with a server URL ending in "%s"', async (ending) => {
	expect(await test({ serverUrl: `${emulator.url}${ending}` })).toBe('OK: Connection successful!');
});

it.each([
	['a token that the server refuses', () => ({ accessToken: 'foreign' }), /The token was refused\. Check that it belongs/],
	['an expired token', () => ({ accessToken: emulator.issueToken({ expired: true }) }), /expired on \d{4}-\d\d-\d\d/],
	['a token that sees no vault', () => ({ accessToken: emulator.issueToken({ vaults: {} }) }), /can't access any vaults/],
	['a token on two lines', () => ({ accessToken: 'one\ntwo' }), /'Access Token'/],
	["another server's page", () => ({ serverUrl: at('html') }), /did not come from 1Password Connect/],
	["another server's JSON", () => ({ serverUrl: at('json') }), /did not come from 1Password Connect/],
	['a wrong path', () => ({ serverUrl: at('missing') }), /did not come from 1Password Connect/],
	['a redirect', () => ({ serverUrl: at('moved') }), /redirects/],
	['no server', () => ({ serverUrl: 'http://127.0.0.1:9' }), /ECONNREFUSED|refused/],
	['an unknown host', () => ({ serverUrl: 'http://connect.invalid' }), /ENOTFOUND|EAI_AGAIN|not known/],
	['a URL that is none', () => ({ serverUrl: 'connect' }), /not an http or https URL/],
])('the credential test fails with %s, and says why', async (_what, data, says) => {
	const verdict = await test(data());
	expect(verdict).toMatch(/^Error: /);
	expect(verdict).toMatch(says);
	expect(verdict).not.toContain(emulator.token);
});
