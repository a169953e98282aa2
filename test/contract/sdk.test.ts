import { OPConnect, OnePasswordConnect } from '@1password/connect';
import { describe, expect, it } from '@jest/globals';

import { useDesk } from './running/desk';
import { exercise } from './running/exercise';
import { REAL_SERVER } from './running/realServer';
import { STRANGE_ID } from './running/strangers';
import type { Exercises } from './sdk/exercises';
import { fileMethods } from './sdk/files';
import { itemReads } from './sdk/itemReads';
import { itemWrites } from './sdk/itemWrites';
import { vaultMethods } from './sdk/vaults';

const EXERCISES: Exercises<keyof OPConnect> = { ...vaultMethods, ...itemReads, ...itemWrites, ...fileMethods };

const desk = useDesk();

/** The client, and the names of the methods that were called on it. */
function watchedClient(): { client: OPConnect; called: Set<string> } {
	const { url: serverURL, token } = desk.server;
	const called = new Set<string>();
	const client = new Proxy(OnePasswordConnect({ serverURL, token, keepAlive: true }), {
		get: (target, name, receiver) => {
			called.add(String(name));
			return Reflect.get(target, name, receiver) as unknown;
		},
	});
	return { client, called };
}

describe("1Password's JavaScript SDK", () => {
	it('has every method exercised here', () => {
		const methods = Object.getOwnPropertyNames(OPConnect.prototype).filter((name) => name !== 'constructor');
		expect(Object.keys(EXERCISES).sort()).toEqual(methods.sort());
	});

	it('requires the server address and a token', () => {
		expect(() => OnePasswordConnect({ serverURL: '', token: '' })).toThrow('Options serverURL and token are required.');
	});

	it('reports a refused token without showing it', async () => {
		const client = OnePasswordConnect({ serverURL: desk.server.url, token: 'a-secret-token' });
		const error: unknown = await client.getItemById(desk.vaultId, STRANGE_ID).catch((reason: unknown) => reason);
		expect(error).toEqual({ status: 401, message: 'Invalid bearer token' });
	});

	for (const [method, sentences] of Object.entries(EXERCISES)) {
		describe(method, () => {
			for (const [sentence, check] of Object.entries(sentences)) {
				const run = REAL_SERVER && check.emulatorOnly ? it.skip : it;
				run(sentence, async () => {
					const { client, called } = watchedClient();
					if (await exercise(`${method} ${sentence}`, async () => await check({ client, desk }))) {
						expect(called).toContain(method);
					}
				});
			}
		});
	}
});
