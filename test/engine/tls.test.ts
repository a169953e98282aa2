import { createPrivateKey } from 'node:crypto';

import { startConnectEmulator, type ConnectEmulator } from '../emulators/connect';
import { leaksIn } from '../support/canaries';
import { makeCertificate, type TestCertificate } from '../support/certificates';
import { ENGINE_VERSION, runNode, type NodeRunResult } from './support/engine';
import { openSecretHttpHost, startApi } from './support/secretHttpHost';

/** Connect servers behind certificates of a private authority, and one that requires client certificates. */

const PASSPHRASE = 'canary-passphrase-S3cret';

/** The HTTP helper of n8n 2.8 has no way to take a certificate from a node. */
const TAKES_CERTIFICATES = !ENGINE_VERSION.startsWith('2.8.');

let server: TestCertificate;
let client: TestCertificate;
let emulator: ConnectEmulator;
let wrongName: ConnectEmulator;
let expired: ConnectEmulator;
let mutual: ConnectEmulator;
let wrongNameCertificate: string;
let expiredCertificate: string;
/** Encrypted. */
let clientKey: string;

beforeAll(async () => {
	const [own, otherName, old, authority] = await Promise.all([
		makeCertificate(),
		makeCertificate({ ip: '127.0.0.2' }),
		makeCertificate({ notAfter: new Date(Date.UTC(2024, 0, 1)) }),
		makeCertificate({ ip: '127.0.0.9' }),
	]);
	server = own;
	wrongNameCertificate = otherName.cert;
	expiredCertificate = old.cert;
	client = await makeCertificate({ ip: '127.0.0.3', authority });
	clientKey = createPrivateKey(client.key).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: PASSPHRASE }).toString();
	const field = { id: 'credential', type: 'CONCEALED' as const, label: 'credential', value: 'api-key' };
	const seed = { vaults: [{ name: 'Production', items: [{ title: 'Payments API', fields: [field] }] }] };
	emulator = await startConnectEmulator({ seed, tls: own, basePath: '/connect' });
	wrongName = await startConnectEmulator({ seed, tls: otherName });
	expired = await startConnectEmulator({ seed, tls: old });
	mutual = await startConnectEmulator({ seed, tls: { ...own, clientAuthority: authority.cert } });
});

afterAll(async () => await Promise.all([emulator, wrongName, expired, mutual].map(async (one) => await one.close())));

const listVaults = async (rest: Record<string, string | boolean> = {}, at = emulator): Promise<NodeRunResult> =>
	await runNode({
		credential: { serverUrl: `${at.url}/v1/`, accessToken: at.token, ...rest },
		parameters: { resource: 'vault', operation: 'getMany' },
	});

it('refuses a certificate from an unknown authority', async () => {
	const { error } = await listVaults();
	expect(error?.message).toContain('issued by an unknown authority');
	expect(error?.description).toContain("'CA Certificate'");
	expect(emulator.requests).toHaveLength(0);
});

it.each([['/etc/ssl/ca.pem'], ['-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----']])(
	'refuses %j as an authority before anything is sent',
	async (caCertificate) => {
		const { error } = await listVaults({ caCertificate });
		expect(error?.message).toContain("'CA Certificate' of the credential does not contain a valid certificate");
		expect(emulator.requests).toHaveLength(0);
	},
);

const FORMS: ReadonlyArray<readonly [string, (pem: string) => string]> = [
	['as pasted', (pem) => pem],
	['with its line ends turned into spaces', (pem) => pem.trim().replace(/\s*\n/g, ' ')],
	['with its line ends as text', (pem) => pem.trim().replace(/\s*\n/g, '\\n')],
];

if (!TAKES_CERTIFICATES) {
	it('refuses the server on this n8n release, and says what to do', async () => {
		const { error } = await listVaults({ caCertificate: server.cert });
		expect(error?.description).toContain('NODE_EXTRA_CA_CERTS');
		expect(emulator.requests).toHaveLength(0);
	});
} else {
	it.each(FORMS)("trusts the credential's certificate, %s", async (_how, form) => {
		const { outputs, error } = await listVaults({ caCertificate: form(server.cert) });
		expect(error).toBeUndefined();
		expect(outputs[0]?.[0]?.json).toMatchObject({ name: 'Production' });
	});

	it('reports a certificate for another name, and an expired one', async () => {
		const name = await listVaults({ caCertificate: wrongNameCertificate }, wrongName);
		expect(name.error?.message).toContain('for another host name');
		const time = await listVaults({ caCertificate: expiredCertificate }, expired);
		expect(time.error?.message).toContain('has expired');
		expect([...wrongName.requests, ...expired.requests]).toEqual([]);
	});

	describe('a server that requires client certificates', () => {
		const trusting = (rest: Record<string, string> = {}): Record<string, string> => ({ caCertificate: server.cert, ...rest });

		it.each(FORMS)("gets the credential's certificate, %s", async (_how, form) => {
			const { outputs, error, saved } = await listVaults(
				trusting({ clientCertificate: form(client.cert), clientKey: form(clientKey), clientKeyPassphrase: PASSPHRASE }),
				mutual,
			);
			expect(error).toBeUndefined();
			expect(outputs[0]?.[0]?.json).toMatchObject({ name: 'Production' });
			expect(leaksIn(saved, [PASSPHRASE, clientKey, client.key])).toEqual([]);
		});

		it.each<[string, () => Record<string, string>, RegExp]>([
			['none', () => ({}), /requires a client certificate/],
			[
				'one of another authority',
				() => ({ clientCertificate: server.cert, clientKey: server.key }),
				/requires a client certificate|connection was closed/,
			],
			['one without a key', () => ({ clientCertificate: client.cert }), /'Client Private Key'; one of them is empty/],
			['one whose key is of another', () => ({ clientCertificate: client.cert, clientKey: server.key }), /does not match/],
			[
				'one with a wrong passphrase',
				() => ({ clientCertificate: client.cert, clientKey, clientKeyPassphrase: `${PASSPHRASE}!` }),
				/does not decrypt/,
			],
		])('rejects a credential with %s, and the error says why', async (_what, rest, says) => {
			const before = mutual.requests.length;
			const { error, saved } = await listVaults(trusting(rest()), mutual);
			expect(error?.message).toMatch(says);
			expect(mutual.requests).toHaveLength(before);
			expect(leaksIn(saved, [PASSPHRASE, mutual.token, server.key, ...Object.values(rest())])).toEqual([]);
		});

		it('also gets it from the HTTP credential, while the API does not', async () => {
			const api = await startApi((_request, response) => response.end('{}'));
			const host = await openSecretHttpHost({
				...trusting({ clientCertificate: client.cert, clientKey, clientKeyPassphrase: PASSPHRASE }),
				...{ serverUrl: mutual.url, accessToken: mutual.token, reference: 'op://Production/Payments API/credential' },
				...{ sendAs: 'bearer', allowedHttpRequestDomains: 'domains', allowedDomains: '127.0.0.1', session: '' },
			});
			await host.former({ uri: `http://127.0.0.1:${api.port}/x`, method: 'GET' });
			expect(api.calls[0]?.headers.authorization).toBe('Bearer api-key');
			await api.close();
		});
	});
}

it('accepts any certificate with Ignore SSL Issues', async () => {
	for (const at of [emulator, wrongName, expired]) expect((await listVaults({ ignoreSslIssues: true }, at)).error).toBeUndefined();
});
