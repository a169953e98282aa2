import { generate } from 'selfsigned';

import { startConnectEmulator, type ConnectEmulator } from '../emulator';
import { runNode, type NodeRunResult } from './support/engine';

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

it.each([
	['as pasted', (pem: string) => pem],
	['with its line ends turned into spaces', (pem: string) => pem.trim().replace(/\s*\n/g, ' ')],
])('trusts the certificate of the credential, %s', async (_how, form) => {
	const { outputs, error } = await listVaults({ caCertificate: form(certificate) });
	expect(error).toBeUndefined();
	expect(outputs[0]?.[0]?.json).toMatchObject({ name: 'Production' });
});

it('takes any certificate when told to ignore SSL issues', async () => {
	const { error } = await listVaults({ ignoreSslIssues: true });
	expect(error).toBeUndefined();
});
