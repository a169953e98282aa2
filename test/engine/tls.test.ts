import { generate } from 'selfsigned';

import { startConnectEmulator, type ConnectEmulator } from '../emulator';
import { ENGINE_VERSION, runNode, type NodeRunResult } from './support/engine';

/** A Connect server behind a certificate of a private authority. */

let emulator: ConnectEmulator;
let certificate: string;

beforeAll(async () => {
	const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
		keySize: 2048,
		extensions: [
			{ name: 'basicConstraints', cA: true },
			{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
		],
	});
	certificate = cert;
	emulator = await startConnectEmulator({
		seed: { vaults: [{ name: 'Production' }] },
		tls: { key, cert },
		basePath: '/connect',
	});
});

afterAll(async () => await emulator.close());

const listVaults = async (rest: { caCertificate?: string; ignoreSslIssues?: boolean }): Promise<NodeRunResult> =>
	await runNode({
		credential: { serverUrl: `${emulator.url}/v1/`, accessToken: emulator.token, ...rest },
		parameters: { resource: 'vault', operation: 'getMany' },
	});

it('refuses a certificate that it does not know', async () => {
	const { error } = await listVaults({});
	expect(error?.message).toContain('A secure connection to the server could not be made');
	expect(emulator.requests).toHaveLength(0);
});

const FORMS: ReadonlyArray<readonly [string, (pem: string) => string]> = [
	['as pasted', (pem) => pem],
	['with its line ends turned into spaces', (pem) => pem.trim().replace(/\s*\n/g, ' ')],
];

// The HTTP helper of n8n 2.8 has no way to take a certificate from a node.
if (ENGINE_VERSION.startsWith('2.8.')) {
	it('refuses the server on this release of n8n, and says what to do', async () => {
		const { error } = await listVaults({ caCertificate: certificate });
		expect(error?.description).toContain('NODE_EXTRA_CA_CERTS');
		expect(emulator.requests).toHaveLength(0);
	});
} else {
	it.each(FORMS)('trusts the certificate of the credential, %s', async (_how, form) => {
		const { outputs, error } = await listVaults({ caCertificate: form(certificate) });
		expect(error).toBeUndefined();
		expect(outputs[0]?.[0]?.json).toMatchObject({ name: 'Production' });
	});
}

it('takes any certificate when told to ignore SSL issues', async () => {
	const { error } = await listVaults({ ignoreSslIssues: true });
	expect(error).toBeUndefined();
});
