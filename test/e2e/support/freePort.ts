import { createServer } from 'node:net';

/** A port that nothing listens on right now. */
export async function findFreePort(): Promise<number> {
	const port = await tryPort(0);
	if (port === undefined) throw new Error('No free port on this machine');
	return port;
}

export async function isPortFree(port: number): Promise<boolean> {
	return (await tryPort(port)) !== undefined;
}

/** The port that could be listened on (`0`: any), or undefined when it is taken. */
async function tryPort(port: number): Promise<number | undefined> {
	return await new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(undefined));
		server.listen(port, '127.0.0.1', () => {
			const address = server.address();
			const bound = typeof address === 'object' && address ? address.port : undefined;
			server.close(() => resolve(bound));
		});
	});
}
