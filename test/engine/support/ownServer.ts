import { startConnectEmulator, type ConnectEmulator, type Seed } from '../../emulators/connect';
import type { Credential } from './engine';

export interface OwnServer {
	readonly emulator: ConnectEmulator;
	readonly credential: Credential;
}

/**
 * A separate server for each test, because n8n remembers for a while which versions it has written to a server.
 * @param use called before each test.
 */
export function useOwnServer(seed: Seed, use: (server: OwnServer) => void): void {
	let emulator: ConnectEmulator | undefined;
	beforeEach(async () => {
		emulator = await startConnectEmulator({ seed });
		use({ emulator, credential: { serverUrl: emulator.url, accessToken: emulator.token } });
	});
	afterEach(async () => await emulator?.close());
}
