import type { Vault } from '../../../nodes/shared/core/wire';
import type { ConnectEmulator } from '../../emulators/connect';
import { EMULATED_VAULT, startEmulatedServer } from './emulatedServer';
import { eventually } from './eventually';
import { send } from './http';
import { REAL_SERVER } from './realServer';
import { takeTurn } from './turn';

/** Where the suite runs. */
export interface Server {
	/** Without a slash at its end. */
	readonly url: string;
	/** May read and write the vault. */
	readonly token: string;
	readonly vault: Vault;
	/** Undefined on a real server, where only API calls are possible. */
	readonly emulator: ConnectEmulator | undefined;
	close(): Promise<void>;
}

/** The emulator, or the real server if the environment variables are set. */
export async function startServer(): Promise<Server> {
	const server = REAL_SERVER ? await openRealServer() : await openEmulator();
	announce(server);
	return server;
}

async function openEmulator(): Promise<Server> {
	const emulator = await startEmulatedServer();
	const vault = await findVault(emulator, EMULATED_VAULT);
	return { ...address(emulator), vault, emulator, close: async () => await emulator.close() };
}

async function openRealServer(): Promise<Server> {
	if (!REAL_SERVER) throw new Error('The environment names no server');
	const giveTurn = await takeTurn();
	try {
		const vault = await findVault(REAL_SERVER, REAL_SERVER.vault);
		return { ...address(REAL_SERVER), vault, emulator: undefined, close: giveTurn };
	} catch (error) {
		await giveTurn();
		throw error;
	}
}

function address({ url, token }: { url: string; token: string }): { url: string; token: string } {
	return { url, token };
}

/** Also wakes the server: its first answers may say that it is still synchronising. */
async function findVault(server: { url: string; token: string }, wanted: string): Promise<Vault> {
	const vaults = await eventually(async () => {
		const { status, body } = await send<Vault[]>(server, { method: 'GET', path: '/v1/vaults' });
		if (status !== 200) throw new Error(`GET /v1/vaults on ${server.url} answered ${status}: ${JSON.stringify(body)}`);
		return body;
	});
	const found = vaults.filter(({ id, name }) => id === wanted || name === wanted);
	if (found.length !== 1 || !found[0]) {
		throw new Error(`The token sees ${found.length} vaults ${wanted}; it must see one, and be able to write to it`);
	}
	return found[0];
}

function announce({ url, vault, emulator }: Server): void {
	const line = emulator
		? 'Conformance suite on the EMULATOR. OP_CONNECT_HOST, OP_CONNECT_TOKEN and OP_CONNECT_VAULT name a real server.'
		: `Conformance suite on the REAL SERVER ${url}, in vault ${vault.name} (${vault.id}). It makes and deletes items there.`;
	process.stderr.write(`\n${'='.repeat(line.length)}\n${line}\n${'='.repeat(line.length)}\n`);
}
