import { describe, expect, it } from '@jest/globals';

import { nodeScene } from '../nodeScene';

const { emulator, runForOne } = nodeScene([
	{
		title: 'Key',
		fields: [
			{ id: 'key', type: 'CONCEALED', label: 'key', value: 'one' },
			{ id: 'user', type: 'STRING', label: 'user', value: 'ada' },
		],
		files: [{ name: 'a.pem', content: 'pem' }],
	},
]);

const check = (...references: string[]): Record<string, unknown> => ({
	resource: 'secret',
	operation: 'check',
	specifyReferences: 'list',
	referenceList: references.join('\n'),
});

describe('Secret: Check', () => {
	it('says what references lead to, without any value', async () => {
		const output = await runForOne(check('op://Production/Key/key', 'op://Production/Key/user'));
		expect(output).toMatchObject({
			allResolve: true,
			references: [
				{ resolves: true, reference: 'op://Production/Key/key', concealed: true, empty: false },
				{ resolves: true, concealed: false, empty: false },
			],
		});
		expect(JSON.stringify(output)).not.toMatch(/"(one|ada)"/);
	});

	it('says why one leads nowhere, and goes on with the others', async () => {
		expect(await runForOne(check('op://Production/Key/gone', 'op://Production/Key/user'))).toMatchObject({
			allResolve: false,
			references: [{ resolves: false, reference: 'op://Production/Key/gone', error: { code: 'FIELD_NOT_FOUND' } }, { resolves: true }],
		});
	});

	it('reads no file', async () => {
		expect(await runForOne(check('op://Production/Key/a.pem'))).toMatchObject({ allResolve: true, references: [{ concealed: true, empty: false }] });
		expect(emulator().requests.filter(({ route }) => route.includes('content'))).toEqual([]);
	});

	it('does not repeat what is no reference, as it may be a secret', async () => {
		const output = await runForOne(check('hunter2hunter2'));
		expect(output).toMatchObject({ allResolve: false, references: [{ resolves: false, error: { code: 'INVALID_INPUT' } }] });
		expect(JSON.stringify(output)).not.toContain('hunter2');
		expect(emulator().requests).toEqual([]);
	});
});
