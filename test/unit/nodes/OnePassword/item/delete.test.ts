import { describe, expect, it } from '@jest/globals';

import { byName, onItem } from '../../../../support/parameters';
import { nodeScene } from '../nodeScene';

const { emulator, runForOne, expectRefusal, idOf, expectNeedsWriting } = nodeScene([{ title: 'Key' }, { title: 'Twin' }, { title: 'Twin' }]);

describe('Item: Delete', () => {
	it('deletes the item, and says which one', async () => {
		const [id, vaultId] = [idOf('Key'), emulator().admin.vault('Production').id];
		expect(await runForOne(onItem('delete', byName('Key')))).toEqual({ deleted: true, id, vaultId, confirmed: true });
		expect(
			emulator()
				.admin.items('Production')
				.map(({ title }) => title),
		).toEqual(['Twin', 'Twin']);
	});

	it.each([
		['Gone', 'ITEM_NOT_FOUND'],
		['Twin', 'AMBIGUOUS'],
	] as const)('deletes nothing where the name %s leads to no single item: %s', async (title, code) => {
		await expectRefusal(code, onItem('delete', byName(title)));
	});

	it('deletes nothing with a credential that only reads', async () => {
		await expectNeedsWriting(onItem('delete', byName('Key')));
	});
});
