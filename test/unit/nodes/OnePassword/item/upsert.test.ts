import { describe, expect, it } from '@jest/globals';

import { CONCEALED_VALUE } from '../../../../../nodes/shared/core/disclosure/concealment';
import { byName, setFields } from '../../../../support/parameters';
import { nodeScene } from '../nodeScene';

const { emulator, run, runForOne, expectRefusal, writes, storedValue, expectNeedsWriting } = nodeScene([
	{ title: 'Key', category: 'API_CREDENTIAL', fields: [{ id: 'key', type: 'CONCEALED', label: 'key', value: 'one' }] },
]);

const upsert = (title: string, rest: object = {}): Record<string, unknown> => ({
	resource: 'item',
	operation: 'upsert',
	vault: byName('Production'),
	title,
	category: 'LOGIN',
	simplify: true,
	...setFields({ key: 'two' }),
	...rest,
});

describe('Item: Create or Update', () => {
	it('creates an item of a new title', async () => {
		expect(await runForOne(upsert('New'))).toMatchObject({
			title: 'New',
			category: 'LOGIN',
			fields: { key: CONCEALED_VALUE },
			created: true,
			changed: true,
			changes: [{ target: 'field', kind: 'added', label: 'key' }],
			previousVersion: 0,
			confirmed: true,
		});
	});

	it('updates the item of the title, which keeps its category', async () => {
		expect(await runForOne(upsert('Key'))).toMatchObject({ category: 'API_CREDENTIAL', created: false, changed: true, previousVersion: 1 });
		expect(storedValue('Key', 'key')).toBe('two');
	});

	it('creates one item for two inputs of one title', async () => {
		const output = await run({}, { inputs: [upsert('New'), upsert('new')] });
		expect(output.map(({ json }) => json.created)).toEqual([true, false]);
		expect(emulator().admin.items('Production')).toHaveLength(2);
	});

	it('sends nothing in a dry run', async () => {
		expect(await runForOne(upsert('New', { options: { dryRun: true } }))).toMatchObject({ title: 'New', created: false, changed: false });
		expect(await runForOne(upsert('Key', { options: { dryRun: true } }))).toMatchObject({ created: false, changed: false });
		expect(writes()).toEqual([]);
	});

	it('creates nothing where a version was expected', async () => {
		await expectRefusal('VERSION_CONFLICT', upsert('New', { options: { expectedVersion: 1 } }));
	});

	it('writes nothing with a credential that only reads', async () => {
		await expectNeedsWriting(upsert('New'));
	});
});
