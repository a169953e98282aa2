import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { startEventsEmulator, type EventsEmulator } from '../../emulators/events';
import { makeEventsCertificate, startEventsProxy, type EventsProxy } from '../../support/eventsProxy';

let certificate: string;
let emulator: EventsEmulator;
let proxy: EventsProxy;

beforeAll(async () => {
	const tls = await makeEventsCertificate();
	certificate = tls.cert;
	emulator = await startEventsEmulator({ tls });
	proxy = await startEventsProxy(emulator.url);
});

afterAll(async () => {
	await proxy.close();
	await emulator.close();
});

async function openTunnel(target: string): Promise<{ status: number | undefined; socket: Socket }> {
	const { hostname, port } = new URL(proxy.url);
	const request = http.request({ host: hostname, port, method: 'CONNECT', path: target }).end();
	const [response, socket] = (await once(request, 'connect')) as [http.IncomingMessage, Socket];
	return { status: response.statusCode, socket };
}

describe('the proxy', () => {
	it('leads a server of 1Password to the emulator', async () => {
		const { status, socket } = await openTunnel('events.1password.eu:443');
		expect(status).toBe(200);
		const secure = connectTls({ socket, servername: 'events.1password.eu', ca: certificate });
		await once(secure, 'secureConnect');
		const request = https.request({
			...{ createConnection: () => secure, host: 'events.1password.eu', path: '/api/v2/auth/introspect' },
			headers: { Authorization: `Bearer ${emulator.token}` },
		});
		const [response] = (await once(request.end(), 'response')) as [http.IncomingMessage];
		expect(response.statusCode).toBe(200);
		response.resume();
		secure.destroy();
	});

	it.each(['evil.example:443', 'events.1password.com:8443', 'events.1password.com.evil.example:443'])('leads %s nowhere', async (target) => {
		const { status, socket } = await openTunnel(target);
		expect(status).toBe(403);
		socket.destroy();
		expect(proxy.asked.at(-1)).toBe(target);
	});
});
