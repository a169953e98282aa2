import { describe, expect, it } from '@jest/globals';

import { CONCEALED_VALUE } from '../../../../../nodes/shared/core/disclosure/concealment';
import { byName, onItem, setFields } from '../../../../support/parameters';
import { AS_TOOL, nodeScene } from '../nodeScene';

const { run, runForOne, expectRefusal, writes, storedValue, expectNeedsWriting } = nodeScene([
	{ title: 'Key', tags: ['old'], fields: [{ id: 'key', type: 'CONCEALED', label: 'key', value: 'one' }] },
]);

type Rest = Parameters<typeof onItem>[2];

const update = (rest: Rest = {}) => onItem('update', byName('Key'), { simplify: true, ...setFields({ key: 'two' }), ...rest });

describe('Item: Update', () => {
	it('changes what it is told, leaves the rest, and says what changed without values', async () => {
		expect(await runForOne(update({ updateFields: { addTags: 'new' } }))).toMatchObject({
			fields: { key: CONCEALED_VALUE },
			tags: ['new', 'old'],
			changed: true,
			changes: [{ target: 'tags' }, { target: 'field', kind: 'changed', label: 'key' }],
			previousVersion: 1,
			version: 2,
			confirmed: true,
		});
		expect(storedValue('Key', 'key')).toBe('two');
	});

	it('sends nothing where nothing changes, or in a dry run', async () => {
		expect(await runForOne(update(setFields({ key: 'one' })))).toMatchObject({ changed: false, changes: [] });
		expect(await runForOne(update({ options: { dryRun: true } }))).toMatchObject({ changed: false, changes: [{ label: 'key' }] });
		expect(writes()).toEqual([]);
	});

	it('reveals the new value where it is asked for, and passes over a field that does not exist', async () => {
		expect(await runForOne(update({ reveal: 'selected', revealFields: ['key', 'gone'] }))).toMatchObject({ fields: { key: 'two' } });
	});

	it.each<[string, string, Rest, object]>([
		['an AI agent that asks for values', 'REVEAL_REFUSED', { reveal: 'all' }, AS_TOOL],
		['another version than expected', 'VERSION_CONFLICT', { options: { expectedVersion: 7 } }, {}],
		['a field that does not exist', 'FIELD_NOT_FOUND', setFields({ gone: 'x' }), {}],
	])('writes nothing for %s: %s', async (_what, code, rest, options) => {
		await expectRefusal(code as 'FORBIDDEN', update(rest), options);
	});

	it('with a credential that only reads can do a dry run only', async () => {
		await expectNeedsWriting(update());
		const [dryRun] = await run(update({ options: { dryRun: true } }), {}, { readOnly: true });
		expect(dryRun?.json).toMatchObject({ changed: false, changes: [{ label: 'key' }] });
	});
});
