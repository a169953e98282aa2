import { expect } from '@jest/globals';

import { eventually } from '../running/eventually';
import { STRANGE_ID } from '../running/strangers';
import type { Exercises, Stage } from './exercises';
import { ownTitle } from './exercises';

export const NO_ITEM = { status: 404, message: 'No Items found with title' };
export const MANY_ITEMS = { status: 400, message: expect.stringMatching(/^Found multiple Items with given title/) };
export const NOT_FOUND = { status: 404, message: `item ${STRANGE_ID} not found` };

const CODE = { label: 'code', type: 'OTP', value: 'otpauth://totp/Example:ada?secret=JBSWY3DPEHPK3PXP' };

/** Two items of one title, once a list shows both. */
export async function twins({ client, desk }: Stage, title: string): Promise<string[]> {
	const ids = [(await desk.create({ title })).id, (await desk.create({ title })).id];
	await eventually(async () => expect(await client.listItemsByTitle(desk.vaultId, title)).toHaveLength(2));
	return ids;
}

export const itemReads: Exercises<
	'listItems' | 'listItemsByTitle' | 'listItemsByTitleContains' | 'getItem' | 'getItemById' | 'getItemByTitle' | 'getItemOTP'
> = {
	listItems: {
		'lists the item without its fields': async ({ client, desk }) => {
			const { id, title } = await desk.create({ fields: [{ label: 'key', value: 'v' }] });
			const row = await eventually(async () => {
				const found = (await client.listItems(desk.vaultId)).find((item) => item.id === id);
				expect(found).toBeDefined();
				return found;
			});
			expect(row).toMatchObject({ title, version: 1, createdAt: expect.any(Date) });
			expect(row).not.toHaveProperty('fields', expect.any(Array));
		},
	},
	listItemsByTitle: {
		'finds every item of the title, with its fields': async (stage) => {
			const title = ownTitle('SDK twins');
			const ids = await twins(stage, title);
			await eventually(async () => {
				const items = await stage.client.listItemsByTitle(stage.desk.vaultId, title);
				expect(items.map(({ id }) => id).sort()).toEqual(ids.sort());
				expect(items[0]?.fields?.length).toBeGreaterThan(0);
			});
		},
		'finds none': async ({ client, desk }) => {
			expect(await client.listItemsByTitle(desk.vaultId, ownTitle('nothing'))).toEqual([]);
		},
	},
	listItemsByTitleContains: {
		'finds by a part of the title': async ({ client, desk }) => {
			const { id } = await desk.create({ title: ownTitle('SDK needle in a haystack') });
			await eventually(async () => {
				const items = await client.listItemsByTitleContains(desk.vaultId, ownTitle('SDK needle'));
				expect(items.map((item) => item.id)).toEqual([id]);
			});
		},
		'finds none': async ({ client, desk }) => {
			expect(await client.listItemsByTitleContains(desk.vaultId, ownTitle('nothing'))).toEqual([]);
		},
	},
	getItem: {
		'takes an id': async ({ client, desk }) => {
			const { id, title } = await desk.create();
			await eventually(async () => expect((await client.getItem(desk.vaultId, id)).title).toBe(title));
		},
		'takes a title': async ({ client, desk }) => {
			const { id, title = '' } = await desk.create({ title: ownTitle('SDK by either') });
			await eventually(async () => expect((await client.getItem(desk.vaultId, title)).id).toBe(id));
		},
		'wants one of them': async ({ client, desk }) => {
			await expect(client.getItem(desk.vaultId, '')).rejects.toThrow('Please provide either the item name or its ID.');
		},
	},
	getItemById: {
		'gets the item with its fields': async ({ client, desk }) => {
			const { id } = await desk.create({ fields: [{ label: 'key', type: 'CONCEALED', value: 'v' }] });
			await eventually(async () => {
				const { fields } = await client.getItemById(desk.vaultId, id);
				expect(fields).toContainEqual(expect.objectContaining({ label: 'key', type: 'CONCEALED', value: 'v' }));
			});
		},
		'passes on the refusal of the server': async ({ client, desk }) => {
			await expect(client.getItemById(desk.vaultId, STRANGE_ID)).rejects.toEqual(NOT_FOUND);
		},
	},
	getItemByTitle: {
		'gets the item': async ({ client, desk }) => {
			const { id, title = '' } = await desk.create({ title: ownTitle('SDK by title') });
			await eventually(async () => expect((await client.getItemByTitle(desk.vaultId, title)).id).toBe(id));
		},
		'finds none': async ({ client, desk }) => {
			await expect(client.getItemByTitle(desk.vaultId, ownTitle('nothing'))).rejects.toEqual(NO_ITEM);
		},
		'does not choose among two': async (stage) => {
			const title = ownTitle('SDK choice');
			await twins(stage, title);
			// A copy that knows only one of them would choose.
			await eventually(async () => {
				await expect(stage.client.getItemByTitle(stage.desk.vaultId, title)).rejects.toEqual(MANY_ITEMS);
			});
		},
	},
	getItemOTP: {
		'gets the code by id and by title': async ({ client, desk }) => {
			const { id, title = '' } = await desk.create({ title: ownTitle('SDK code'), fields: [CODE] });
			for (const query of [id, title]) {
				await eventually(async () => expect(await client.getItemOTP(desk.vaultId, query)).toMatch(/^\d{6}$/));
			}
		},
		'finds that the item has none': async ({ client, desk }) => {
			const { id } = await desk.create();
			await eventually(async () => {
				await expect(client.getItemOTP(desk.vaultId, id)).rejects.toThrow(`No OTP found for the Item ${id}`);
			});
		},
		'passes on the refusal of the server': async ({ client, desk }) => {
			await expect(client.getItemOTP(desk.vaultId, STRANGE_ID)).rejects.toEqual(NOT_FOUND);
		},
	},
};
