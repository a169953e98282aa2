import { describe, expect, it } from '@jest/globals';

import { CONCEALED_VALUE } from '../../../../../nodes/shared/core/disclosure/concealment';
import { AS_TOOL, nodeScene } from '../nodeScene';

const { runForOne, expectRefusal } = nodeScene([{ title: 'Key', fields: [{ id: 'key', type: 'CONCEALED', label: 'key', value: 'o"ne' }] }]);

const inject = (template: unknown, rest: object = {}): Record<string, unknown> => ({
	resource: 'secret',
	operation: 'inject',
	templateFormat: 'text',
	template,
	...rest,
});

const REFERENCE = 'op://Production/Key/key';

describe('Secret: Inject', () => {
	it('puts placeholders into a text, or values where they are asked for', async () => {
		expect(await runForOne(inject(`key=${REFERENCE}`))).toMatchObject({
			result: `key=${CONCEALED_VALUE}`,
			references: [{ reference: REFERENCE, concealed: true }],
		});
		expect(await runForOne(inject(`key={{ ${REFERENCE} }}!`, { reveal: 'all' }))).toMatchObject({ result: 'key=o"ne!' });
	});

	it('keeps JSON valid whatever the value is', async () => {
		const template = JSON.stringify({ keys: [REFERENCE, 1, null] });
		expect(await runForOne(inject(template, { templateFormat: 'json', reveal: 'all' }))).toMatchObject({ result: { keys: ['o"ne', 1, null] } });
	});

	it('gives an AI agent no value', async () => {
		expect(await runForOne(inject(REFERENCE), AS_TOOL)).toMatchObject({ result: CONCEALED_VALUE });
		await expectRefusal('REVEAL_REFUSED', inject(REFERENCE, { reveal: 'all' }), AS_TOOL);
	});

	it.each([
		['no JSON', '{', 'json'],
		['nothing', '', 'text'],
		['an expression that n8n would evaluate itself', `={{ ${REFERENCE} }}`, 'text'],
	])('refuses a template that is %s', async (_what, template, templateFormat) => {
		await expectRefusal('INVALID_INPUT', inject(template, { templateFormat }));
	});

	it('fails for a reference that leads nowhere', async () => {
		await expectRefusal('ITEM_NOT_FOUND', inject('op://Production/Gone/key'));
	});
});
