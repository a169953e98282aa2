import { describe, expect, it } from '@jest/globals';

import { byName, onItem } from '../../../../support/parameters';
import { nodeScene } from '../nodeScene';

const key = (value: string) => [
	{ id: 'key', type: 'CONCEALED', label: 'key', value },
	{ id: 'user', label: 'user', value: 'same' },
];

const { emulator, run, runForOne, expectRefusal, idOf } = nodeScene(
	[{ title: 'Key', tags: ['a'], fields: key('one') }, { title: 'Only here' }, { title: 'Twin' }, { title: 'Twin' }],
	[{ name: 'Staging', items: [{ title: 'Key', fields: key('two') }] }],
);

const OTHER = { otherVault: byName('Staging'), otherItem: byName('Key') };

describe('Item: Compare', () => {
	it('says in which fields and attributes two items differ, and returns no value', async () => {
		const output = await runForOne(onItem('compare', byName('Key'), OTHER));
		const [second] = emulator().admin.items('Staging');
		expect(output).toEqual({
			status: 'different',
			first: { id: idOf('Key'), vaultId: emulator().admin.vault('Production').id, title: 'Key', version: 1 },
			second: { id: second?.id, vaultId: second?.vault.id, title: 'Key', version: 1 },
			differentFields: [{ label: 'key', section: '', status: 'different' }],
			differentAttributes: ['tags'],
			sameFields: 1,
		});
		expect(JSON.stringify(output)).not.toMatch(/one|two/);
	});

	it('compares an item with itself as the same', async () => {
		const same = { otherVault: byName('Production'), otherItem: byName('Key') };
		expect(await runForOne(onItem('compare', byName('Key'), same))).toMatchObject({ status: 'same', differentFields: [], sameFields: 2 });
	});

	it('compares two vaults title by title', async () => {
		const output = await run({ resource: 'item', operation: 'compare', subject: 'vaults', vault: byName('Production'), ...OTHER });
		expect(output.map(({ json: { title, status } }) => [title, status]).sort()).toEqual([
			['Key', 'different'],
			['Only here', 'onlyInFirst'],
			['Twin', 'ambiguous'],
		]);
	});

	it('fails where one of the items does not exist', async () => {
		await expectRefusal('ITEM_NOT_FOUND', onItem('compare', byName('Key'), { ...OTHER, otherItem: byName('Gone') }));
	});
});
