import { exampleSeed, startConnectEmulator } from '../../test/emulators/connect';
import type { IssuedKey } from '../../test/e2e/support/keyIssuer';
import { ConnectApi, fieldValue, type DemoItem } from './connectApi';

/** The Connect server of the demo, and the item in it whose key gets rotated. */
export interface DemoVault {
	/** For people: which server this is. */
	description: string;
	url: string;
	token: string;
	vault: string;
	item: string;
	/** The key that the item holds at the start, for the service that has to know it. */
	startKey: IssuedKey;
	read(): Promise<DemoItem>;
	/** Takes away what the demo made. */
	close(): Promise<void>;
}

/** The server named by OP_CONNECT_HOST, OP_CONNECT_TOKEN and OP_CONNECT_VAULT; the emulator when none is named. */
export async function openDemoVault(issueKey: (name: string) => IssuedKey): Promise<DemoVault> {
	const { OP_CONNECT_HOST: host, OP_CONNECT_TOKEN: token, OP_CONNECT_VAULT: vault } = process.env;
	if (!host && !token) return await openEmulator();
	if (!host || !token || !vault) {
		throw new Error(
			'To use your own Connect server, set all of OP_CONNECT_HOST (its address), OP_CONNECT_TOKEN ' +
				'and OP_CONNECT_VAULT (name or ID of a vault that the token may write to).',
		);
	}
	return await openServer({ url: normalise(host), token, vault, issueKey });
}

async function openEmulator(): Promise<DemoVault> {
	const emulator = await startConnectEmulator({ seed: exampleSeed() });
	const { url, token } = emulator;
	const [vault, item] = ['Production', 'Payments API'];
	const api = new ConnectApi(url, token);
	const vaultId = await api.vaultId(vault);
	const { id } = await api.findItem(vaultId, item);
	const read = async () => await api.item(vaultId, id);
	const start = await read();
	const startKey = { key: fieldValue(start, 'credential'), keyId: fieldValue(start, 'key id'), name: item };
	const close = async () => await emulator.close();
	return { description: `emulator at ${url}`, url, token, vault, item, startKey, read, close };
}

interface ServerOptions {
	url: string;
	token: string;
	vault: string;
	issueKey: (name: string) => IssuedKey;
}

async function openServer({ url, token, vault, issueKey }: ServerOptions): Promise<DemoVault> {
	const api = new ConnectApi(url, token);
	const vaultId = await api.vaultId(vault);
	const item = `n8n demo, safe to delete (${new Date().toISOString()})`;
	const startKey = issueKey(item);
	const { id } = await api.createItem(vaultId, item, [
		{ label: 'credential', type: 'CONCEALED', value: startKey.key },
		{ label: 'key id', type: 'STRING', value: startKey.keyId },
	]);
	console.log(`Made the item "${item}" in your vault "${vault}"; the demo removes it when it ends.`);
	return {
		description: `your server at ${url}`,
		url,
		token,
		vault,
		item,
		startKey,
		read: async () => await api.item(vaultId, id),
		async close() {
			await api.deleteItem(vaultId, id);
			console.log(`Removed the item "${item}" from your vault "${vault}".`);
		},
	};
}

function normalise(host: string): string {
	const withScheme = /^https?:\/\//.test(host) ? host : `http://${host}`;
	return withScheme.replace(/\/+$/, '').replace(/\/v1$/, '');
}
