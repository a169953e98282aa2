import { describe, expect } from '@jest/globals';

import type { ErrorResponse } from '../../../nodes/shared/core/wire';
import type { Rights } from '../../emulators/connect';
import { contract } from '../evidence';
import type { Desk } from '../running/desk';
import type { Method, Request } from '../running/http';
import { STRANGE_ID, forged } from '../running/strangers';

export function refusing(desk: Desk): void {
	const ask = async (request: Request) => {
		const { status, body, headers } = await desk.ask<ErrorResponse>(request);
		return { status, message: body.message, inBody: body.status, type: headers.get('content-type') };
	};
	const get = async (path: string, token?: string) => await ask({ method: 'GET', path, ...(token !== undefined && { token }) });
	const tokenWith = (rights: Rights) => desk.server.emulator?.issueToken({ vaults: { [desk.vaultId]: rights } }) ?? '';

	describe('a request', () => {
		contract('without a token gets 401', { source: 'documented', basis: 'OpenAPI: every route with a token' }, async () => {
			for (const path of ['/v1/vaults', `${desk.vaultPath}/items`, '/v1/activity']) {
				expect((await get(path, '')).status).toBe(401);
			}
		});

		contract(
			'with a token that is none gets 401 and "Invalid bearer token"',
			{ source: 'observed', basis: 'bsodmike/connect-1password' },
			async () => {
				expect(await get('/v1/vaults', 'nonsense')).toMatchObject({ status: 401, message: 'Invalid bearer token' });
			},
		);

		contract('with a forged token gets 401 and "Invalid token signature"', { source: 'documented', basis: 'OpenAPI example' }, async () => {
			const { status, message } = await get('/v1/vaults', forged(desk.server.token));
			expect({ status, message }).toEqual({ status: 401, message: 'Invalid token signature' });
		});

		contract('that fails gets status and message as JSON', { source: 'documented', basis: 'OpenAPI ErrorResponse' }, async () => {
			const answer = await get('/v1/vaults', forged(desk.server.token));
			expect(answer).toMatchObject({ inBody: answer.status, type: expect.stringMatching(/^application\/json\b/) });
		});

		contract('for a vault outside of the scope of the token gets 403', { source: 'observed', basis: '1Password/connect issue 82' }, async () => {
			const message = `Authorization: token does not have access to vault ${STRANGE_ID}`;
			expect(await get(`/v1/vaults/${STRANGE_ID}/items`)).toMatchObject({ status: 403, message });
			expect(await get(`/v1/vaults/${STRANGE_ID}/items/${STRANGE_ID}`)).toMatchObject({ status: 403, message });
		});

		contract('with something else than a vault id gets 400', { source: 'observed', basis: 'js SDK issue 29' }, async () => {
			expect(await get('/v1/vaults/foo')).toMatchObject({ status: 400, message: 'Invalid Vault UUID' });
			expect(await get('/v1/vaults/foo/items')).toMatchObject({ status: 400, message: 'Invalid Vault UUID' });
		});

		contract('with something else than an item id gets 400', { source: 'observed', basis: '1Password/connect issue 45' }, async () => {
			expect(await get(desk.itemPath('foo'))).toMatchObject({ status: 400, message: 'Invalid Item UUID' });
		});

		contract('for an item that is not there gets 404', { source: 'documented', basis: 'OpenAPI; Terraform provider issue 97' }, async () => {
			const message = `item ${STRANGE_ID} not found`;
			expect(await get(desk.itemPath(STRANGE_ID))).toMatchObject({ status: 404, message });
		});

		contract('to change an item that is not there gets 404', { source: 'documented', basis: 'OpenAPI PUT, PATCH, DELETE' }, async () => {
			const path = desk.itemPath(STRANGE_ID);
			const requests: Request[] = [
				{ method: 'PUT', path, body: desk.draft() },
				{ method: 'PATCH', path, body: [{ op: 'replace', path: '/favorite', value: true }] },
				{ method: 'DELETE', path },
			];
			for (const request of requests) expect(await ask(request)).toMatchObject({ status: 404 });
		});

		contract('for a vault that was deleted gets 404', { source: 'documented', basis: 'OpenAPI', needs: 'emulator' }, async () => {
			const { emulator } = desk.server;
			const vaultId = emulator?.admin.createVault({ name: 'Short-lived' }).id ?? '';
			const token = emulator?.issueToken({ vaults: { [vaultId]: 'rw' } }) ?? '';
			emulator?.admin.deleteVault(vaultId);
			const message = `vault ${vaultId} not found`;
			expect(await get(`/v1/vaults/${vaultId}`, token)).toMatchObject({ status: 404, message });
		});

		contract(
			'to write with a token that may only read gets 403',
			{ source: 'observed', basis: 'a C# client tested against a real server', needs: 'emulator' },
			async () => {
				const { id } = await desk.create();
				const token = tokenWith('r');
				const verbs: Array<[Method, string, string]> = [
					['POST', 'create', `${desk.vaultPath}/items`],
					['PUT', 'update', desk.itemPath(id)],
					['DELETE', 'delete', desk.itemPath(id)],
				];
				for (const [method, verb, path] of verbs) {
					const words = `token does not have permission to perform ${verb} on vault ${desk.vaultId}`;
					const message = expect.stringContaining(words);
					expect(await ask({ method, path, token, body: desk.draft() })).toMatchObject({ status: 403, message });
				}
			},
		);

		contract(
			'with a token that may only write cannot read, not even by PATCH',
			{ source: 'documented', basis: 'changelog 1.7.1', needs: 'emulator' },
			async () => {
				const { id } = await desk.create();
				const token = tokenWith('w');
				expect(await get(desk.itemPath(id), token)).toMatchObject({ status: 403 });
				expect(await ask({ method: 'PATCH', path: desk.itemPath(id), token, body: [] })).toMatchObject({ status: 403 });
			},
		);

		contract('with an expired token gets 401', { source: 'observed', basis: '1Password/connect issue 54', needs: 'emulator' }, async () => {
			const token = desk.server.emulator?.issueToken({ expired: true });
			expect(await get('/v1/vaults', token)).toMatchObject({ status: 401, message: 'Invalid bearer token' });
		});
	});
}
