import { describe, expect, it } from '@jest/globals';

import { CONCEALED_VALUE } from '../../../../../nodes/shared/core/disclosure/concealment';
import { AS_TOOL, nodeScene } from '../nodeScene';

const { emulator, runForOne, expectRefusal } = nodeScene([
	{
		title: 'Key',
		category: 'API_CREDENTIAL',
		fields: [
			{ id: 'key', type: 'CONCEALED', label: 'key', value: 'one' },
			{ id: 'user', type: 'STRING', label: 'user', value: 'ada' },
			{ id: 'empty', type: 'CONCEALED', label: 'empty', value: '' },
		],
	},
]);

/** One reference a line. */
const resolve = (referenceList: string, rest: object = {}): Record<string, unknown> => ({
	resource: 'secret',
	operation: 'resolve',
	specifyReferences: 'list',
	referenceList,
	...rest,
});

const THREE = ['key', 'user', 'empty'].map((field) => `${field.toUpperCase()}=op://Production/Key/${field}`).join('\n');

describe('Secret: Resolve', () => {
	it('conceals what is secret unless it is asked for', async () => {
		expect(await runForOne(resolve(THREE))).toMatchObject({ secrets: { KEY: CONCEALED_VALUE, USER: 'ada', EMPTY: '' } });
		expect(await runForOne(resolve(THREE, { reveal: 'all' }))).toMatchObject({ secrets: { KEY: 'one', USER: 'ada', EMPTY: '' } });
	});

	it('says what each reference leads to, without its value', async () => {
		const { references } = await runForOne(resolve(THREE, { reveal: 'all' }));
		expect(references).toMatchObject([
			{ name: 'KEY', reference: 'op://Production/Key/key', concealed: true, empty: false },
			{ name: 'USER', concealed: false },
			{ name: 'EMPTY', empty: true },
		]);
		expect(JSON.stringify(references)).not.toMatch(/"(one|ada)"/);
	});

	it('gives an AI agent no value at all, and refuses one that asks for secrets', async () => {
		expect(await runForOne(resolve(THREE), AS_TOOL)).toMatchObject({ secrets: { KEY: CONCEALED_VALUE, USER: CONCEALED_VALUE, EMPTY: '' } });
		const { length } = emulator().requests;
		await expectRefusal('REVEAL_REFUSED', resolve(THREE, { reveal: 'all' }), AS_TOOL);
		expect(emulator().requests).toHaveLength(length);
	});

	it('fails for a reference that leads nowhere, or says so where it is told to', async () => {
		const list = 'A=op://Production/Key/user\nB=op://Production/Key/gone';
		await expectRefusal('FIELD_NOT_FOUND', resolve(list));
		expect(await runForOne(resolve(list, { options: { ifNotFound: 'empty' } }))).toMatchObject({
			secrets: { A: 'ada', B: null },
			references: [{ found: true }, { found: false, code: 'FIELD_NOT_FOUND' }],
		});
		expect(await runForOne(resolve(list, { options: { ifNotFound: 'skip' } }))).toMatchObject({ secrets: { A: 'ada' } });
	});

	it('calls a secret without a name like its field, and refuses two of one name', async () => {
		const references = (...texts: string[]): object => ({
			specifyReferences: 'fields',
			references: { values: texts.map((reference) => ({ reference })) },
		});
		expect(await runForOne(resolve('', references('op://Production/Key/user')))).toMatchObject({ secrets: { user: 'ada' } });
		await expectRefusal('INVALID_INPUT', resolve('', references('op://Production/Key/user', 'op://Production/Key/user')));
	});
});
