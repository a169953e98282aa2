/**
 * How an n8n of a test reaches the emulated Events API, whose address nothing in n8n or in the package can change: as the
 * HTTPS proxy of that n8n. It leads the servers of 1Password to the emulator and everything else nowhere. The emulator
 * serves https with the certificate made here, which that n8n trusts by NODE_EXTRA_CA_CERTS.
 */

import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

import { generate } from 'selfsigned';

export const EVENTS_HOSTS = [...['events.1password.com', 'events.1password.ca', 'events.1password.eu', 'events.ent.1password.com']] as const;

export interface EventsProxy {
	/** For HTTPS_PROXY. */
	readonly url: string;
	/** Every `host:port` that somebody asked for, in order; a live list. */
	readonly asked: readonly string[];
	close(): Promise<void>;
}

/** @returns a key and a certificate of its own authority for the servers of the Events API, as PEM texts. */
export async function makeEventsCertificate(): Promise<{ key: string; cert: string }> {
	const { private: key, cert } = await generate([{ name: 'commonName', value: EVENTS_HOSTS[0] }], {
		keySize: 2048,
		extensions: [
			{ name: 'basicConstraints', cA: true },
			{ name: 'subjectAltName', altNames: EVENTS_HOSTS.map((value) => ({ type: 2 as const, value })) },
		],
	});
	return { key, cert };
}

/** @param emulatorUrl of an emulator with `tls`. */
export async function startEventsProxy(emulatorUrl: string): Promise<EventsProxy> {
	const { hostname, port } = new URL(emulatorUrl);
	const asked: string[] = [];
	const sockets = new Set<Socket>();
	const server = createServer((_request, response) => response.writeHead(403).end());
	server.on('connect', (request, client: Socket) => {
		const target = request.url ?? '';
		asked.push(target);
		sockets.add(client);
		if (!EVENTS_HOSTS.some((host) => target === `${host}:443`)) {
			client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
			return;
		}
		const upstream = connect(Number(port), hostname, () => {
			client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
			upstream.pipe(client).pipe(upstream);
		});
		sockets.add(upstream);
		for (const socket of [client, upstream]) {
			socket.on('error', () => [client, upstream].forEach((one) => one.destroy()));
			socket.on('close', () => sockets.delete(socket));
		}
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		asked,
		close: async () => {
			const closed = once(server, 'close');
			server.close();
			for (const socket of sockets) socket.destroy();
			server.closeAllConnections();
			await closed;
		},
	};
}
