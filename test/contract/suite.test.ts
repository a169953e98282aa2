import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import type { ConnectEmulator, StatusFault } from '../emulators/connect';
import type { ApiDocument } from './openapi/document';
import { Judge } from './openapi/judge';
import { EMULATED_VAULT, LEFT_BEHIND, startEmulatedServer } from './running/emulatedServer';
import { TEST_TIMEOUT_MS, eventually } from './running/eventually';
import type { Reply } from './running/http';
import { send } from './running/http';
import { ownTitle } from './running/mark';
import { realServerFrom } from './running/realServer';
import { removeLeftOvers, removeOwn } from './running/removal';

/** A minimal API that gets everything wrong. */
const DOCUMENT: ApiDocument = {
	info: { version: 'of this test' },
	servers: [{ url: 'http://localhost:8080/v1' }],
	components: {
		schemas: {
			Vault: {
				type: 'object',
				required: ['id', 'type'],
				properties: {
					id: { type: 'string', pattern: '^[\\da-z]{26}$' },
					type: { type: 'string', enum: ['USER_CREATED'], default: 'USER_CREATED' },
					updatedAt: { type: 'string', format: 'date-time' },
				},
			} as object,
		},
	},
	paths: {
		'/vaults': {
			get: {
				operationId: 'GetVaults',
				responses: {
					'200': {
						headers: { 'X-Total': { schema: { type: 'string' } } },
						content: { 'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Vault' } } } },
					},
				},
			},
		},
	} as unknown as ApiDocument['paths'],
};

jest.setTimeout(TEST_TIMEOUT_MS);

const GOOD_ROW = { id: 'a'.repeat(26), type: 'USER_CREATED', updatedAt: '2026-01-01T00:00:00Z' };
const GOOD_HEADERS = { 'X-Total': '1' };

/** What the suite itself must do right; runs only on the emulator. */
describe('the conformance suite', () => {
	let emulator: ConnectEmulator;
	beforeAll(async () => {
		emulator = await startEmulatedServer();
	});
	afterAll(async () => await emulator.close());

	const titles = () => emulator.admin.items(EMULATED_VAULT).map(({ title }) => title);
	const vaultId = () => emulator.admin.vault(EMULATED_VAULT).id;

	describe('on a real server', () => {
		const all = { OP_CONNECT_HOST: 'http://connect:8080/', OP_CONNECT_TOKEN: 't', OP_CONNECT_VAULT: 'v' };

		it('is used only if all three variables are set', () => {
			expect(realServerFrom({})).toBeUndefined();
			expect(realServerFrom(all)).toEqual({ url: 'http://connect:8080', token: 't', vault: 'v' });
			for (const name of Object.keys(all)) {
				expect(() => realServerFrom({ ...all, [name]: '' })).toThrow('Set all of OP_CONNECT_HOST');
			}
		});

		it('removes items of crashed runs, but not items still in use or of others', async () => {
			const others = titles().filter((title) => title !== LEFT_BEHIND.old);
			await removeLeftOvers(emulator, vaultId());
			expect(titles()).toEqual(others);
			expect(others).toContain(LEFT_BEHIND.recent);
		});

		it('removes its own items, including those only found in a list', async () => {
			const before = titles();
			const known = emulator.admin.createItem(EMULATED_VAULT, { title: ownTitle('known') });
			emulator.admin.createItem(EMULATED_VAULT, { title: ` ${ownTitle('unknown')}` });
			await removeOwn(emulator, vaultId(), [known.id]);
			expect(titles()).toEqual(before);
		});
	});

	describe('checking against an OpenAPI file', () => {
		/** The problems found in this response. */
		const faults = async (body: unknown, rest: Partial<StatusFault> = {}) => {
			const path = '/v1/vaults';
			await eventually(async () => expect((await send(emulator, { method: 'GET', path })).status).toBe(200));
			emulator.faults.script({ kind: 'status', status: 200, headers: GOOD_HEADERS, body, ...rest });
			const reply: Reply = await send(emulator, { method: 'GET', path });
			return new Judge(DOCUMENT, []).faultsOfAll([reply]).map((fault) => fault.replace(/^.*?: /, ''));
		};

		it('accepts a correct response', async () => {
			expect(await faults([GOOD_ROW])).toEqual([]);
		});

		it('notices a property with another type or format', async () => {
			expect(await faults([{ ...GOOD_ROW, id: 7 }])).toEqual(['type at */id: must be string']);
			expect(await faults([{ ...GOOD_ROW, id: 'A' }])).toEqual([expect.stringMatching(/^pattern at \*\/id/)]);
			expect(await faults([{ ...GOOD_ROW, type: 'NEW' }])).toEqual(['enum at */type: "NEW"']);
			expect(await faults([{ ...GOOD_ROW, updatedAt: 'now' }])).toEqual([expect.stringMatching(/^format at \*\/updatedAt/)]);
		});

		it('notices a missing property, even if the file has a default for it', async () => {
			const { type: _type, ...row } = GOOD_ROW;
			expect(await faults([row])).toEqual(["required at *: must have required property 'type'"]);
		});

		it('notices an undocumented property', async () => {
			expect(await faults([{ ...GOOD_ROW, extra: 1 }])).toEqual(['member beyond the schema: */extra']);
		});

		it('notices an object instead of a list', async () => {
			expect(await faults(GOOD_ROW)).toContain('type at : must be array');
		});

		it('notices another content type, a missing header and an unknown status', async () => {
			const html = await faults('[]', { contentType: 'text/html' });
			expect(html).toContain('content type: text/html instead of application/json');
			expect(await faults([GOOD_ROW], { headers: {} })).toEqual(['header missing: X-Total']);
			const teapot = await faults({ oops: true }, { status: 418 });
			expect(teapot).toEqual(['status beyond the file: GetVaults 418', 'body: no ErrorResponse']);
		});

		it('lists known deviations that no response shows', () => {
			expect(new Judge(DOCUMENT, [{ difference: 'x', reason: 'y' }]).unmet()).toEqual(['x']);
		});
	});
});
