import { describe, expect, it } from '@jest/globals';
import type { NodeExecutionHint } from 'n8n-workflow';

import { CONCEALED_VALUE } from '../../../../../nodes/shared/core/disclosure/concealment';
import { byName, byReference, onItem } from '../../../../support/parameters';
import { AS_TOOL, nodeScene } from '../nodeScene';

const { run, runForOne, expectRefusal } = nodeScene([
	{
		title: 'Key',
		fields: [
			{ id: 'key', type: 'CONCEALED', label: 'key', value: 'one' },
			{ id: 'pin', type: 'CONCEALED', label: 'pin', value: 'two' },
		],
	},
]);

const get = (rest: Parameters<typeof onItem>[2] = {}) => onItem('get', byName('Key'), { simplify: true, ...rest });

describe('Item: Get', () => {
	it('conceals secret values unless they are asked for', async () => {
		expect(await runForOne(get())).toMatchObject({ title: 'Key', fields: { key: CONCEALED_VALUE, pin: CONCEALED_VALUE } });
		expect(await runForOne(get({ reveal: 'selected', revealFields: ['key'] }))).toMatchObject({ fields: { key: 'one', pin: CONCEALED_VALUE } });
		expect(await runForOne(get({ reveal: 'all' }))).toMatchObject({ fields: { key: 'one', pin: 'two' } });
	});

	it('shows the hint about revealed values only where there is one', async () => {
		const hints: NodeExecutionHint[] = [];
		const options = { addExecutionHints: (...more: NodeExecutionHint[]) => void hints.push(...more) };
		await run(get(), options);
		expect(hints).toEqual([]);
		await run(get({ reveal: 'all' }), options);
		expect(hints).toHaveLength(1);
	});

	it('gives an AI agent no value, and sends nothing for one that asks', async () => {
		await expectRefusal('REVEAL_REFUSED', get({ reveal: 'all' }), AS_TOOL);
		expect(await runForOne(get(), AS_TOOL)).toMatchObject({ fields: { key: CONCEALED_VALUE } });
	});

	it('returns the item as Connect sends it without Simplify', async () => {
		const { fields } = await runForOne(onItem('get', byName('Key'), { simplify: false }));
		expect(fields).toContainEqual({ id: 'key', type: 'CONCEALED', label: 'key', value: CONCEALED_VALUE });
	});

	it('finds the item that a secret reference names', async () => {
		expect(await runForOne(onItem('get', byReference('op://Production/Key')))).toMatchObject({ title: 'Key' });
	});

	it('refuses a field to reveal that the item does not have', async () => {
		await expectRefusal('FIELD_NOT_FOUND', get({ reveal: 'selected', revealFields: ['gone'] }));
	});

	it.each([
		['empty', [{ found: false }]],
		['skip', []],
	])('returns for an item that does not exist, If Not Found: %s, %j', async (ifNotFound, expected) => {
		const output = await run(onItem('get', byName('Gone'), { options: { ifNotFound } }));
		expect(output.map(({ json }) => json)).toEqual(expected);
	});

	it('fails for an item that does not exist, and says that one was found where it is asked', async () => {
		await expectRefusal('ITEM_NOT_FOUND', onItem('get', byName('Gone')));
		expect(await runForOne(get({ options: { ifNotFound: 'empty' } }))).toMatchObject({ title: 'Key', found: true });
	});
});
