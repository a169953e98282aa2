/** Ends n8n-core after each test file, as n8n does when its process ends. */

import path from 'node:path';

import { Container } from '@n8n/di';

interface SshModule {
	readonly SSHClientsManager: new (...services: unknown[]) => { onShutdown(): void };
}

// The only service here with a timer. In n8n-core 2.8 that timer keeps the process alive. It is not exported.
const FILE = path.join(path.dirname(require.resolve('n8n-core')), 'execution-engine/ssh-clients-manager.js');

afterAll(() => {
	const { SSHClientsManager } = jest.requireActual<SshModule>(FILE);
	Container.get(SSHClientsManager).onShutdown();
});
