import { describe, expect, it } from '@jest/globals';

import { CONCEALED_VALUE } from '../../../../../nodes/shared/core/disclosure/concealment';
import { byName, setFields } from '../../../../support/parameters';
import { AS_TOOL, nodeScene } from '../nodeScene';

const { emulator, runForOne, expectRefusal, writes, idOf, storedValue, expectNeedsWriting } = nodeScene([]);

const create = (rest: object = {}): Record<string, unknown> => ({
	resource: 'item',
	operation: 'create',
	vault: byName('Production'),
	title: 'New',
	category: 'LOGIN',
	simplify: true,
	...setFields({ key: 'one' }),
	...rest,
});

describe('Item: Create', () => {
	it('creates the item with its fields, tags and addresses, and conceals the values', async () => {
		const additionalFields = { tags: 'a, b', favorite: true, urls: { values: [{ href: 'https://example.com' }] } };
		expect(await runForOne(create({ additionalFields }))).toMatchObject({
			title: 'New',
			fields: { key: CONCEALED_VALUE },
			created: true,
			confirmed: true,
		});
		expect(emulator().admin.item('Production', idOf('New'))).toMatchObject({
			category: 'LOGIN',
			tags: ['a', 'b'],
			favorite: true,
			urls: [{ href: 'https://example.com' }],
		});
		expect(storedValue('New', 'key')).toBe('one');
	});

	it('passes over a field to reveal that the new item does not have', async () => {
		const reveal = { reveal: 'selected', revealFields: ['key', 'gone'] };
		expect(await runForOne(create(reveal))).toMatchObject({ fields: { key: 'one' }, created: true });
		expect(writes()).toHaveLength(1);
	});

	it('writes nothing for an AI agent that asks for values', async () => {
		await expectRefusal('REVEAL_REFUSED', create({ reveal: 'all' }), AS_TOOL);
	});

	it('writes nothing with a credential that only reads', async () => {
		await expectNeedsWriting(create());
	});

	it('writes nothing without a title', async () => {
		await expectRefusal('INVALID_INPUT', create({ title: '' }));
	});
});
