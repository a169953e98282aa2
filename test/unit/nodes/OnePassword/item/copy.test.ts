import { describe, expect, it } from '@jest/globals';

import { CONCEALED_VALUE } from '../../../../../nodes/shared/core/disclosure/concealment';
import { byName, onItem } from '../../../../support/parameters';
import { AS_TOOL, nodeScene } from '../nodeScene';

const { emulator, runForOne, expectRefusal, idOf, storedValue, expectNeedsWriting } = nodeScene(
	[
		{ title: 'Key', fields: [{ id: 'key', type: 'CONCEALED', label: 'key', value: 'one' }] },
		{ title: 'Certificate', category: 'DOCUMENT', files: [{ name: 'a.pem', content: 'pem' }] },
	],
	[{ name: 'Staging' }],
);

const copy = (title: string, rest: Parameters<typeof onItem>[2] = {}) =>
	onItem('copy', byName(title), { destinationVault: byName('Staging'), simplify: true, ...rest });

describe('Item: Copy', () => {
	it('creates a copy in the other vault, says where it is from, and conceals the values', async () => {
		const copiedFrom = { id: idOf('Key'), vaultId: emulator().admin.vault('Production').id, version: 1 };
		expect(await runForOne(copy('Key'))).toMatchObject({
			vaultId: emulator().admin.vault('Staging').id,
			fields: { key: CONCEALED_VALUE },
			created: true,
			confirmed: true,
			copiedFrom,
			leftOut: [],
		});
		expect(storedValue('Key', 'key', 'Staging')).toBe('one');
	});

	it('gives the copy another title where it is told so', async () => {
		expect(await runForOne(copy('Key', { options: { title: 'Key (staging)' } }))).toMatchObject({ title: 'Key (staging)' });
	});

	it('writes nothing where the copy would lose something', async () => {
		await expectRefusal('INVALID_INPUT', copy('Certificate'));
	});

	it('writes nothing for an AI agent that asks for values, or with a credential that only reads', async () => {
		await expectRefusal('REVEAL_REFUSED', copy('Key', { reveal: 'all' }), AS_TOOL);
		await expectNeedsWriting(copy('Key'));
	});
});
