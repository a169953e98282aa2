import { describe, expect } from '@jest/globals';

import type { Vault } from '../../../nodes/shared/core/wire';
import type { Evidence } from '../evidence';
import { contract } from '../evidence';
import type { Desk } from '../running/desk';
import { eventually } from '../running/eventually';
import { ownTitle } from '../running/mark';

/** Characters in titles that have a meaning in a URL, in JSON, or when trimming. No quotes: no SDK can send them. */
const TITLES: Readonly<Record<string, (title: string) => string>> = {
	'an ampersand': (title) => `${title} this & that`,
	'a hash': (title) => `${title} C# key`,
	'a plus': (title) => `${title} C++ key`,
	'a percent sign': (title) => `${title} 100%25`,
	'a slash and a colon': (title) => `${title} https://a/b`,
	'an emoji': (title) => `${title} rocket 🚀`,
	'letters beyond ASCII': (title) => `${title} Schlüssel 鍵`,
	'words of a filter': (title) => `${title} a eq b or c`,
};

const ENCODED: Evidence = { source: 'documented', basis: 'SCIM values are any text; percent-encoding is that of URLs' };

export function filtering(desk: Desk): void {
	const finds = async (filter: string, ids: string[]) =>
		await eventually(async () => {
			expect((await desk.list(filter)).map(({ id }) => id).sort()).toEqual([...ids].sort());
		});
	const vaults = async (filter: string) =>
		(await desk.call<Vault[]>('GET', `/v1/vaults?filter=${encodeURIComponent(filter)}`)).body.map(({ id }) => id);

	describe('a filter for items', () => {
		for (const [what, titleOf] of Object.entries(TITLES)) {
			contract(`finds a title with ${what}`, ENCODED, async () => {
				const title = titleOf(ownTitle('filter'));
				const { id } = await desk.create({ title });
				await finds(`title eq "${title}"`, [id]);
			});
		}

		contract('finds a title with a blank in front', { source: 'unverified', basis: 'nobody says that titles are trimmed' }, async () => {
			const title = ` ${ownTitle('blank')}`;
			const { id } = await desk.create({ title });
			expect((await desk.read(id)).title).toBe(title);
			await finds(`title eq "${title}"`, [id]);
		});

		contract('finds every item of one title', { source: 'observed', basis: 'every SDK has an error for it' }, async () => {
			const title = ownTitle('filtered twin');
			const ids = [(await desk.create({ title })).id, (await desk.create({ title })).id];
			await finds(`title eq "${title}"`, ids);
		});

		contract('answers an empty list when nothing fits', { source: 'observed', basis: 'tests of the JS and Go SDKs' }, async () => {
			expect(await desk.list(`title eq "${ownTitle('nobody')}"`)).toEqual([]);
		});

		contract('does not take a part of a title for the whole', { source: 'documented', basis: 'SCIM eq' }, async () => {
			const title = ownTitle('whole and part');
			const { id } = await desk.create({ title });
			await finds(`title eq "${title}"`, [id]);
			expect(await desk.list(`title eq "${title.slice(0, -1)}"`)).toEqual([]);
		});

		contract('takes a part of a title with co', { source: 'observed', basis: 'JS SDK 1.3.0' }, async () => {
			const title = ownTitle('contains something');
			const { id } = await desk.create({ title });
			await finds(`title co "${title.slice(0, -5)}"`, [id]);
		});

		contract('looks at the case of titles', { source: 'unverified', basis: '1Password/connect issue 73 suggests it' }, async () => {
			const title = ownTitle('Mixed Case');
			const { id } = await desk.create({ title });
			await finds(`title eq "${title}"`, [id]);
			expect(await desk.list(`title eq "${title.replace('Mixed', 'mixed')}"`)).toEqual([]);
		});

		contract('finds the items with a tag', { source: 'documented', basis: 'API reference: list items' }, async () => {
			const tag = ownTitle('tag');
			const { id } = await desk.create({ tags: ['another', tag] });
			await finds(`tag eq "${tag}"`, [id]);
		});

		contract('may be written with + for blanks', { source: 'observed', basis: 'the Go SDK writes them so' }, async () => {
			const title = ownTitle('plus signs');
			const { id } = await desk.create({ title });
			await eventually(async () => {
				const query = encodeURIComponent(`title eq "${title}"`).replaceAll('%20', '+');
				const { body } = await desk.call<Array<{ id: string }>>('GET', `${desk.vaultPath}/items?filter=${query}`);
				expect(body.map((item) => item.id)).toEqual([id]);
			});
		});

		contract('that is a single quote gets 400', { source: 'documented', basis: 'changelog 1.5.2' }, async () => {
			const { status } = await desk.call('GET', `${desk.vaultPath}/items?filter=${encodeURIComponent("'")}`);
			expect(status).toBe(400);
		});

		contract('that makes no sense gets 400', { source: 'unverified', basis: 'better than the whole vault' }, async () => {
			for (const filter of ['title', 'title eq', 'colour eq "red"', 'title like "x"']) {
				const { status } = await desk.call('GET', `${desk.vaultPath}/items?filter=${encodeURIComponent(filter)}`);
				expect({ filter, status }).toEqual({ filter, status: 400 });
			}
		});
	});

	describe('a filter for vaults', () => {
		contract('finds by name', { source: 'documented', basis: 'OpenAPI GetVaults' }, async () => {
			expect(await vaults(`name eq "${desk.server.vault.name}"`)).toEqual([desk.vaultId]);
		});

		contract('finds by title too', { source: 'observed', basis: 'the JS and Go SDKs write it so' }, async () => {
			expect(await vaults(`title eq "${desk.server.vault.name}"`)).toEqual([desk.vaultId]);
		});

		contract('does not look at the case of names', { source: 'observed', basis: 'Kubernetes operator issue 239' }, async () => {
			expect(await vaults(`name eq "${desk.server.vault.name.toUpperCase()}"`)).toEqual([desk.vaultId]);
		});

		contract('answers an empty list when nothing fits', { source: 'observed', basis: 'tests of the JS and Go SDKs' }, async () => {
			expect(await vaults(`name eq "${ownTitle('no vault')}"`)).toEqual([]);
		});
	});
}
