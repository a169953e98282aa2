import { FullItem, ItemBuilder } from '@1password/connect';
import { expect } from '@jest/globals';

import { eventually } from '../running/eventually';
import { STRANGE_ID } from '../running/strangers';
import type { Exercises, Stage } from './exercises';
import { ownTitle } from './exercises';
import { MANY_ITEMS, NOT_FOUND, NO_ITEM, twins } from './itemReads';

export const itemWrites: Exercises<'createItem' | 'updateItem' | 'deleteItem' | 'deleteItemById' | 'deleteItemByTitle'> = {
	createItem: {
		'makes what the builder of the SDK built': async (stage) => {
			const title = ownTitle('SDK built');
			const built = new ItemBuilder()
				.setCategory(FullItem.CategoryEnum.Login)
				.setTitle(title)
				.addTag('two')
				.addTag('one')
				.addUrl({ primary: true, href: 'https://example.com' })
				.addField({ label: 'key', value: 'v', sectionName: 'Keys' })
				.addField({ label: 'made', generate: true, recipe: { length: 12, characterSets: ['DIGITS'] as never } })
				.build();
			const created = await stage.client.createItem(stage.desk.vaultId, built);
			stage.desk.remember(created.id ?? '');
			expect(created).toMatchObject({ title, category: 'LOGIN', tags: ['one', 'two'] });
			expect(created.urls).toEqual([expect.objectContaining({ primary: true, href: 'https://example.com' })]);
			const field = created.fields?.find(({ label }) => label === 'key');
			expect(created.sections?.map(({ id }) => id)).toEqual([field?.section?.id]);
			expect(created.fields?.find(({ label }) => label === 'made')?.value).toMatch(/^\d{12}$/);
		},
		'passes on why the server refuses': async ({ client, desk }) => {
			const draft = Object.assign(new FullItem(), { title: ownTitle('x'), category: 'CUSTOM' });
			await expect(client.createItem(desk.vaultId, draft)).rejects.toMatchObject({ status: 400 });
		},
	},
	updateItem: {
		'replaces the item that it read': async (stage) => {
			const item = await createdItem(stage, 'SDK to be updated');
			item.title = ownTitle('SDK updated');
			item.tags = ['new'];
			await stage.client.updateItem(stage.desk.vaultId, item);
			const after = await stage.desk.read(item.id ?? '', 2);
			expect(after).toMatchObject({ title: item.title, tags: ['new'], version: 2 });
			expect(after.fields).toContainEqual(expect.objectContaining({ label: 'key', value: 'v' }));
		},
		'wants an id': async ({ client, desk }) => {
			await expect(client.updateItem(desk.vaultId, new FullItem())).rejects.toThrow('Item ID must be defined.');
		},
		'passes on the refusal of the server': async ({ client, desk }) => {
			const draft = Object.assign(new FullItem(), desk.draft(), { id: STRANGE_ID });
			await expect(client.updateItem(desk.vaultId, draft)).rejects.toEqual(NOT_FOUND);
		},
	},
	deleteItem: {
		'takes an id': async (stage) => {
			const { id = '' } = await createdItem(stage, 'SDK deleted by id');
			await stage.client.deleteItem(stage.desk.vaultId, id);
			await isGone(stage, id);
		},
		'takes a title': async (stage) => {
			const { id = '', title = '' } = await createdItem(stage, 'SDK deleted by either');
			await eventually(async () => await stage.client.deleteItem(stage.desk.vaultId, title));
			await isGone(stage, id);
		},
		'wants one of them': async ({ client, desk }) => {
			await expect(client.deleteItem(desk.vaultId, '')).rejects.toThrow('Please provide either the item name or its ID.');
		},
	},
	deleteItemById: {
		'deletes the item': async (stage) => {
			const { id = '' } = await createdItem(stage, 'SDK deleted');
			await stage.client.deleteItemById(stage.desk.vaultId, id);
			await isGone(stage, id);
		},
		'passes on the refusal of the server': async ({ client, desk }) => {
			await expect(client.deleteItemById(desk.vaultId, STRANGE_ID)).rejects.toEqual(NOT_FOUND);
		},
	},
	deleteItemByTitle: {
		'deletes the item': async (stage) => {
			const { id = '', title = '' } = await createdItem(stage, 'SDK deleted by title');
			await eventually(async () => await stage.client.deleteItemByTitle(stage.desk.vaultId, title));
			await isGone(stage, id);
		},
		'finds none': async ({ client, desk }) => {
			await expect(client.deleteItemByTitle(desk.vaultId, ownTitle('nothing'))).rejects.toEqual(NO_ITEM);
		},
		'does not choose among two': async (stage) => {
			const title = ownTitle('SDK kept');
			const [first = ''] = await twins(stage, title);
			await waitForAllCopies(stage, title);
			await expect(stage.client.deleteItemByTitle(stage.desk.vaultId, title)).rejects.toEqual(MANY_ITEMS);
			await stage.desk.read(first);
		},
	},
};

async function createdItem({ client, desk }: Stage, text: string): Promise<FullItem> {
	const { id } = await desk.create({ title: ownTitle(text), fields: [{ label: 'key', value: 'v' }] });
	return await eventually(async () => await client.getItemById(desk.vaultId, id));
}

async function isGone({ desk }: Stage, id: string): Promise<void> {
	await eventually(async () => expect((await desk.call('GET', desk.itemPath(id))).status).toBe(404));
}

/** A copy that knows one twin only would have it deleted. */
async function waitForAllCopies({ client, desk }: Stage, title: string): Promise<void> {
	let calm = 0;
	await eventually(async () => {
		const { length } = await client.listItemsByTitle(desk.vaultId, title);
		calm = length === 2 ? calm + 1 : 0;
		expect(calm).toBeGreaterThanOrEqual(4);
	});
}
