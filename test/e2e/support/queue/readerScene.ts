import { startConnectEmulator, type ConnectEmulator } from '../../../emulators/connect';
import { byName } from '../../../support/parameters';
import type { Cluster } from './cluster';

/** The secret that the workflows of the cluster read. */
export const SECRET = 'canary-value';

/** Parameters of the node that reads it. */
export const GET_SECRET = {
	resource: 'item',
	operation: 'get',
	vault: byName('Production'),
	item: byName('Payments API'),
	reveal: 'all',
	simplify: true,
} as const;

/** An emulator with that secret, and its credential in n8n. */
export async function startReaderScene(cluster: Cluster): Promise<ConnectEmulator> {
	const field = { id: 'key', type: 'CONCEALED' as const, label: 'key', value: SECRET };
	const emulator = await startConnectEmulator({ seed: { vaults: [{ name: 'Production', items: [{ title: 'Payments API', fields: [field] }] }] } });
	const data = { serverUrl: emulator.url, accessToken: emulator.token };
	await cluster.importCredentials([{ id: 'onePasswordDemo0', name: '1Password Connect', type: 'onePasswordConnectApi', data }]);
	return emulator;
}
