import { describe, expect, it } from '@jest/globals';

import { byName } from '../../../../support/parameters';
import { nodeScene } from '../nodeScene';

const { run, idOf, expectRefusal } = nodeScene([
	{
		title: 'Certificate',
		files: [
			{ name: 'a.pem', content: 'pem' },
			{ name: 'b.pem', content: 'pem' },
		],
	},
	{ title: 'Without files' },
]);

const getMany = (title: string, rest: object = {}): Record<string, unknown> => ({
	resource: 'file',
	operation: 'getMany',
	vault: byName('Production'),
	item: byName(title),
	returnAll: true,
	...rest,
});

describe('File: Get Many', () => {
	it('lists the files of an item, without their contents', async () => {
		const output = await run(getMany('Certificate'));
		expect(output.map(({ json: { name, size, itemId } }) => [name, size, itemId])).toEqual([
			['a.pem', 3, idOf('Certificate')],
			['b.pem', 3, idOf('Certificate')],
		]);
		expect(output.every(({ json }) => !('content' in json))).toBe(true);
	});

	it('returns no more than the limit, and nothing where there is no file', async () => {
		expect(await run(getMany('Certificate', { returnAll: false, limit: 1 }))).toHaveLength(1);
		expect(await run(getMany('Without files'))).toEqual([]);
	});

	it('fails for an item that does not exist', async () => {
		await expectRefusal('ITEM_NOT_FOUND', getMany('Gone'));
	});
});
