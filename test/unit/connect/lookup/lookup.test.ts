import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { findItem, findItemId, findVaultId, type Selector } from '../../../../nodes/shared/connect/lookup/lookup';
import type { SeedItem } from '../../../emulators/connect';
import { expectRefusal } from '../../../support/refusal';
import { openScene } from '../../../support/connectScene';

const ID = 'a'.repeat(26);
const ID_LIKE_TITLE = 'abcdefghijklmnopqrstuvwxyz';

const named = (text: string): Selector => ({ by: 'name', text });
const either = (text: string): Selector => ({ by: 'either', text });

async function openWith(titles: readonly string[], rest: readonly SeedItem[] = []): ReturnType<typeof openScene> {
	return await openScene({ items: [...titles.map((title) => ({ title })), ...rest] });
}

describe('looking up a vault', () => {
	it('by ID needs no request', async () => {
		const { run, trace } = await openScene();
		expect(await findVaultId(run, { by: 'id', text: ID })).toBe(ID);
		expect(trace()).toEqual([]);
	});

	it.each(['', 'Production', 'a'.repeat(25), 'A'.repeat(26), `${ID} `, '../../admin', `${ID}/items`])('refuses %j as an ID', async (text) => {
		const { run, trace } = await openScene();
		await expectRefusal(findVaultId(run, { by: 'id', text }), { code: 'INVALID_INPUT' });
		expect(trace()).toEqual([]);
	});

	it('prefers the exact name over others that differ in case', async () => {
		const { emulator, run } = await openScene({ vaults: [{ name: 'production' }, { name: 'PRODUCTION' }] });
		for (const name of ['production', 'PRODUCTION', 'Production']) {
			expect(await findVaultId(run, named(name))).toBe(emulator.admin.vaults().find((vault) => vault.name === name)?.id);
		}
	});

	it('finds a name that differs only in case or Unicode form', async () => {
		const { emulator, run } = await openScene({ vaults: [{ name: 'Büro' }] });
		const { id } = emulator.admin.vault('Büro');
		for (const name of ['büro', 'BÜRO', 'Bu\u0308ro']) expect(await findVaultId(run, named(name))).toBe(id);
	});

	it('fails with the candidates if two have the name', async () => {
		const { emulator, run } = await openScene({ vaults: [{ name: 'Twin' }, { name: 'Twin' }] });
		const ids = emulator.admin
			.vaults()
			.filter(({ name }) => name === 'Twin')
			.map(({ id }) => id);
		const error = await expectRefusal(findVaultId(run, named('Twin')), { code: 'AMBIGUOUS', candidates: ids.map((id) => ({ id })) });
		for (const id of ids) expect(error.advice).toContain(id);
	});

	it('fails for an unknown name with the vaults the token can access', async () => {
		const { emulator, run, open } = await openScene();
		const error = await expectRefusal(findVaultId(run, named('Prod')), { code: 'VAULT_NOT_FOUND' });
		expect(error.advice).toContain('"Production"');
		const token = emulator.issueToken({ vaults: {} });
		const blind = await expectRefusal(findVaultId(open({ token }), named('Prod')), { code: 'VAULT_NOT_FOUND' }, [token]);
		expect(blind.advice).toContain("can't access any vaults");
	});

	it('from a reference finds it by ID, otherwise by name', async () => {
		const { emulator, run, vaultId } = await openScene();
		const other = emulator.admin.createVault({ name: vaultId });
		emulator.admin.settle();
		expect(await findVaultId(run, either(vaultId))).toBe(vaultId);
		expect(await findVaultId(run, either('production'))).toBe(vaultId);
		expect(await findVaultId(run, named(vaultId))).toBe(other.id);
	});
});

describe('looking up an item', () => {
	it('by ID needs no request, and the ID must be valid', async () => {
		const { run, vaultId, trace } = await openScene();
		expect(await findItemId(run, vaultId, { by: 'id', text: ID })).toBe(ID);
		await expectRefusal(findItemId(run, vaultId, { by: 'id', text: '..' }), { code: 'INVALID_INPUT' });
		expect(trace()).toEqual([]);
	});

	it('by name takes one request', async () => {
		const { run, vaultId, itemId, trace, emulator } = await openScene();
		expect(await findItemId(run, vaultId, named('Payments API'))).toBe(itemId);
		expect(trace()).toHaveLength(1);
		expect(emulator.requests[0]?.path).toContain('?filter=title%20eq%20%22Payments%20API%22');
	});

	it('uses the single list of a run with many lookups', async () => {
		const titles = Array.from({ length: 30 }, (_, index) => `Item ${index}`);
		const { open, vaultId, trace } = await openWith(titles);
		const run = open({ expectMany: true });
		const ids = await Promise.all(titles.map(async (title) => await findItemId(run, vaultId, named(title))));
		expect([new Set(ids).size, trace().length]).toEqual([30, 1]);
	});

	it.each([
		'a "quoted" title',
		'back\\slash',
		'R&D',
		'C# key',
		'a+b',
		'100%',
		'%20',
		'?x=1',
		'a/b',
		' leading space',
		'trailing space ',
		'🔑 emoji',
		'日本語',
		"it's",
		"'",
		'"',
		'tab\there',
		'line\nbreak',
		'é composed',
		'e\u0301 decomposed',
		'half \ud83d pair',
		'title eq "x"',
		'${x} {{ y }} =z',
		'.',
		'..',
		ID_LIKE_TITLE,
	])('finds one named %j', async (title) => {
		const { emulator, open, vaultId, itemId } = await openWith([title], [{ title: 'other' }, { title: `${title}x` }]);
		for (const expectMany of [false, true]) {
			expect(await findItemId(open({ expectMany }), vaultId, named(title))).toBe(itemId);
			expect(await findItemId(open({ expectMany }), vaultId, either(title))).toBe(itemId);
		}
		expect(emulator.requests.filter(({ status }) => status !== 200)).toEqual([]);
	});

	it('finds one with any name', async () => {
		const { emulator, open, vaultId, itemId } = await openScene();
		await fc.assert(
			fc.asyncProperty(fc.string({ minLength: 1, unit: 'binary' }), fc.boolean(), async (title, expectMany) => {
				emulator.admin.editItem(vaultId, itemId, { title });
				emulator.admin.settle();
				expect(await findItemId(open({ expectMany }), vaultId, named(title))).toBe(itemId);
			}),
			{ seed: 3, numRuns: 150 },
		);
	});

	it.each(['sensitive', 'insensitive'] as const)('finds the exact match if the server compares case-%s', async (itemTitleCase) => {
		const { emulator, run, vaultId } = await openScene({
			items: [{ title: 'API' }, { title: 'api' }, { title: 'Other' }],
			behaviour: { itemTitleCase },
		});
		const [upper, lower, other] = emulator.admin.items(vaultId).map(({ id }) => id);
		expect(await findItemId(run, vaultId, named('api'))).toBe(lower);
		expect(await findItemId(run, vaultId, named('API'))).toBe(upper);
		expect(await findItemId(run, vaultId, named('OTHER'))).toBe(other);
		await expectRefusal(findItemId(run, vaultId, named('Api')), { code: 'AMBIGUOUS' });
	});

	it('fails with the candidates if two have the title', async () => {
		const { emulator, run, open, vaultId } = await openWith(['Twin', 'Twin']);
		const candidates = emulator.admin.items(vaultId).map(({ id }) => ({ id, vaultId }));
		for (const each of [run, open({ expectMany: true })]) {
			const error = await expectRefusal(findItemId(each, vaultId, named('Twin')), { code: 'AMBIGUOUS', candidates });
			expect(error.advice).toContain(`${candidates[1]?.id} in vault ${vaultId}`);
			await expectRefusal(findItem(each, vaultId, named('Twin')), { code: 'AMBIGUOUS', candidates });
		}
	});

	it.each(['hidden', 'listed'] as const)('finds no archived one (%s)', async (archivedItems) => {
		const items: SeedItem[] = [{ title: 'Key', state: 'ARCHIVED' }, { title: 'Key' }, { title: 'Old', state: 'ARCHIVED' }];
		const { emulator, open, vaultId } = await openScene({ items, behaviour: { archivedItems } });
		for (const expectMany of [false, true]) {
			expect(await findItemId(open({ expectMany }), vaultId, named('Key'))).toBe(emulator.admin.items(vaultId)[1]?.id);
			await expectRefusal(findItemId(open({ expectMany }), vaultId, named('Old')), { code: 'ITEM_NOT_FOUND' });
		}
	});

	it('from a reference finds it by ID, otherwise by title', async () => {
		const { run, vaultId, itemId } = await openScene();
		expect(await findItemId(run, vaultId, either(itemId))).toBe(itemId);
		expect(await findItemId(run, vaultId, either('Payments API'))).toBe(itemId);
	});

	it("always prefers an ID over another item's title that looks the same", async () => {
		const scene = await openScene();
		const twin = scene.emulator.admin.createItem(scene.vaultId, { title: scene.itemId });
		scene.emulator.admin.settle();
		expect(await findItemId(scene.run, scene.vaultId, either(scene.itemId))).toBe(scene.itemId);
		expect(await findItemId(scene.open(), scene.vaultId, named(scene.itemId))).toBe(twin.id);
	});

	it('fails for a missing one, or returns nothing when checking for existence', async () => {
		const { run, vaultId } = await openScene();
		await expectRefusal(findItemId(run, vaultId, named('Nothing')), { code: 'ITEM_NOT_FOUND' });
		expect(await findItem(run, vaultId, named('Nothing'))).toBeUndefined();
		expect(await findItem(run, vaultId, named('Payments API'))).toMatchObject({ title: 'Payments API' });
	});

	it('fails with FORBIDDEN in a vault out of scope', async () => {
		const { emulator, open, vaultId } = await openScene({ vaults: [{ name: 'Other' }] });
		const token = emulator.issueToken({ vaults: { Other: 'rw' } });
		await expectRefusal(findItemId(open({ token }), vaultId, named('Payments API')), { code: 'FORBIDDEN', attempts: 4 }, [token]);
	});
});
