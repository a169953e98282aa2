import { expect } from '@jest/globals';

import { TWIN_VAULT } from '../running/emulatedServer';
import { STRANGE_ID } from '../running/strangers';
import type { Exercises } from './exercises';
import { onEmulator, ownTitle } from './exercises';

const NO_VAULT = { status: 404, message: 'No Vaults found with title' };
const MANY_VAULTS = { status: 400, message: expect.stringMatching(/^Found multiple Vaults with given title/) };
const OUT_OF_SCOPE = { status: 403, message: expect.stringContaining(`does not have access to vault ${STRANGE_ID}`) };

export const vaultMethods: Exercises<'listVaults' | 'listVaultsByTitle' | 'getVault' | 'getVaultById' | 'getVaultByTitle'> = {
	listVaults: {
		'lists the vault with its numbers and times': async ({ client, desk }) => {
			const found = (await client.listVaults()).find(({ id }) => id === desk.vaultId);
			expect(found).toMatchObject({ name: desk.server.vault.name, items: expect.any(Number) });
			expect(found?.contentVersion).toBeGreaterThan(0);
			expect(found?.createdAt?.getTime()).toBe(Date.parse(desk.server.vault.createdAt ?? ''));
		},
	},
	listVaultsByTitle: {
		'finds the vault': async ({ client, desk }) => {
			expect((await client.listVaultsByTitle(desk.server.vault.name)).map(({ id }) => id)).toEqual([desk.vaultId]);
		},
		'finds both of two vaults with one name': onEmulator(async ({ client }) => {
			expect(await client.listVaultsByTitle(TWIN_VAULT)).toHaveLength(2);
		}),
		'finds nothing under another name': async ({ client }) => {
			expect(await client.listVaultsByTitle(ownTitle('nothing'))).toEqual([]);
		},
	},
	getVault: {
		'takes an id': async ({ client, desk }) => {
			expect((await client.getVault(desk.vaultId)).name).toBe(desk.server.vault.name);
		},
		'takes a name': async ({ client, desk }) => {
			expect((await client.getVault(desk.server.vault.name)).id).toBe(desk.vaultId);
		},
		'wants one of them': async ({ client }) => {
			await expect(client.getVault('')).rejects.toThrow('Please provide either the vault name or its ID.');
		},
	},
	getVaultById: {
		'gets the vault': async ({ client, desk }) => {
			expect(await client.getVaultById(desk.vaultId)).toMatchObject({ id: desk.vaultId, name: desk.server.vault.name });
		},
		'passes on the refusal of the server': async ({ client }) => {
			await expect(client.getVaultById(STRANGE_ID)).rejects.toEqual(OUT_OF_SCOPE);
		},
		'passes on that this is no id': async ({ client }) => {
			await expect(client.getVaultById('foo')).rejects.toEqual({ status: 400, message: 'Invalid Vault UUID' });
		},
	},
	getVaultByTitle: {
		'gets the vault': async ({ client, desk }) => {
			expect((await client.getVaultByTitle(desk.server.vault.name)).id).toBe(desk.vaultId);
		},
		'finds none': async ({ client }) => {
			await expect(client.getVaultByTitle(ownTitle('nothing'))).rejects.toEqual(NO_VAULT);
		},
		'does not choose among two': onEmulator(async ({ client }) => {
			await expect(client.getVaultByTitle(TWIN_VAULT)).rejects.toEqual(MANY_VAULTS);
		}),
	},
};
