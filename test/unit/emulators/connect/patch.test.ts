import { afterEach, describe, expect, it } from '@jest/globals';

import { itemOfEveryCategory } from '../../../emulators/connect';
import { closeAll, field, startWith } from './support';

afterEach(closeAll);

const LOGIN = {
	title: 'Login',
	tags: ['c', 'a', 'b'],
	fields: [
		{ purpose: 'USERNAME', value: 'ada' },
		{ purpose: 'PASSWORD', value: 'first' },
		{ id: 'one', label: 'One', type: 'CONCEALED', value: '1' },
		{ id: 'a/b~c', label: 'Odd id', value: '2' },
	],
};

describe('patching an item', () => {
	it('replaces, removes and adds the value of a field by its id', async () => {
		const desk = await startWith([LOGIN]);
		const path = '/fields/one/value';
		expect(field((await desk.patch(desk.id(), [{ op: 'replace', path, value: 'x' }])).body, 'one')?.value).toBe('x');
		expect(field((await desk.patch(desk.id(), [{ op: 'remove', path }])).body, 'one')).not.toHaveProperty('value');
		expect(field((await desk.patch(desk.id(), [{ op: 'add', path, value: 'y' }])).body, 'one')?.value).toBe('y');
		expect((await desk.get(desk.id())).body.version).toBe(4);
	});

	it('appends a field and gives it an id', async () => {
		const desk = await startWith([LOGIN]);
		const value = { label: 'New Field', type: 'string', value: 'hunter2' };
		const { body } = await desk.patch(desk.id(), [{ op: 'add', path: '/fields', value }]);
		expect(body.fields?.at(-1)).toEqual({ ...value, type: 'STRING', id: expect.stringMatching(/^[a-z2-7]{26}$/) });
		expect(body.fields).toHaveLength(6);
	});

	it('replaces and removes a whole field, and reads escapes in its id', async () => {
		const desk = await startWith([LOGIN]);
		const { body } = await desk.patch(desk.id(), [
			{ op: 'replace', path: '/fields/one', value: { label: 'Uno', type: 'string' } },
			{ op: 'remove', path: '/fields/a~1b~0c' },
		]);
		expect(field(body, 'one')).toEqual({ id: 'one', type: 'STRING', label: 'Uno' });
		expect(field(body, 'a/b~c')).toBeUndefined();
	});

	it('leaves a removed built-in field empty', async () => {
		const desk = await startWith([LOGIN]);
		const { body } = await desk.patch(desk.id(), [{ op: 'remove', path: '/fields/username' }]);
		expect(field(body, 'username')).toEqual({ id: 'username', type: 'STRING', purpose: 'USERNAME', label: 'username' });
	});

	it('checks a field after all operations, so that they may come in any order', async () => {
		const desk = await startWith([LOGIN]);
		const { status, body } = await desk.patch(desk.id(), [
			{ op: 'replace', path: '/fields/a~1b~0c/type', value: 'DATE' },
			{ op: 'replace', path: '/fields/a~1b~0c/value', value: '2026-01-02' },
		]);
		expect([status, field(body, 'a/b~c')?.value]).toEqual([200, '1767312000']);
	});

	it('addresses tags in the order in which they are shown', async () => {
		const desk = await startWith([LOGIN]);
		const operations = [
			{ op: 'remove', path: '/tags/1' },
			{ op: 'replace', path: '/favorite', value: true },
		];
		expect((await desk.patch(desk.id(), operations)).body).toMatchObject({ tags: ['a', 'c'], favorite: true });
	});

	it('with / replaces everything, as PUT does', async () => {
		const desk = await startWith([LOGIN]);
		const value = { title: 'Bare', category: 'LOGIN', vault: { id: desk.vaultId } };
		const { body } = await desk.patch(desk.id(), [{ op: 'replace', path: '/', value }]);
		expect(body.fields?.map(({ id }) => id)).toEqual(['username', 'password', 'notesPlain']);
	});

	it('without operations answers 200 and leaves the version', async () => {
		const desk = await startWith([LOGIN]);
		const answer = await desk.patch(desk.id(), []);
		expect([answer.status, answer.body.title]).toEqual([200, 'Login']);
		expect(desk.emulator.admin.item('Vault', desk.id()).version).toBe(1);
		expect(desk.emulator.requests[0]?.applied).toBe(false);
	});

	it.each([
		['a lone operation', { op: 'replace', path: '/title', value: 'x' }],
		['op test', [{ op: 'test', path: '/title', value: 'Login' }]],
		['op move', [{ op: 'move', from: '/title', path: '/x' }]],
		['a path without a slash', [{ op: 'replace', path: 'title', value: 'x' }]],
		['an index into the fields', [{ op: 'replace', path: '/fields/0/value', value: 'x' }]],
		['a label', [{ op: 'replace', path: '/fields/One/value', value: 'x' }]],
		['a read-only member', [{ op: 'replace', path: '/version', value: 9 }]],
		['a read-only attribute', [{ op: 'replace', path: '/fields/one/entropy', value: 9 }]],
		['a tag that is not there', [{ op: 'remove', path: '/tags/3' }]],
		['an unsupported type', [{ op: 'replace', path: '/fields/one/type', value: 'PHONE' }]],
		[
			'a good operation before a bad one',
			[
				{ op: 'remove', path: '/title' },
				{ op: 'remove', path: '/fields/none' },
			],
		],
	])('refuses %s with 400 and changes nothing', async (_what, body) => {
		const desk = await startWith([LOGIN]);
		const before = desk.emulator.admin.item('Vault', desk.id());
		expect((await desk.patch(desk.id(), body)).status).toBe(400);
		expect(desk.emulator.admin.item('Vault', desk.id())).toEqual(before);
	});

	it('answers 404 for an unknown field when told so', async () => {
		const desk = await startWith([LOGIN], { unknownFieldOnPatch: 404 });
		expect((await desk.patch(desk.id(), [{ op: 'remove', path: '/fields/none' }])).status).toBe(404);
	});
});

describe('patching one field of an item of any category', () => {
	it('leaves every other byte alone', async () => {
		const desk = await startWith(itemOfEveryCategory());
		expect(await desk.list()).toHaveLength(22);
		for (const { id } of await desk.list()) {
			const before = (await desk.get(id)).body;
			await desk.patch(id, [{ op: 'replace', path: '/fields/secret/value', value: 'changed' }]);
			const { body: after } = await desk.get(id);
			expect(field(after, 'secret')?.value).toBe('changed');
			const rest = ({ fields, version: _v, updatedAt: _u, lastEditedBy: _l, ...others }: typeof before) =>
				JSON.stringify({ ...others, fields: fields?.filter((one) => one.id !== 'secret' && one.type !== 'OTP') });
			expect(rest(after)).toBe(rest(before));
			expect(field(after, 'passkey')).toHaveProperty('passkey.userHandle', null);
		}
	});

	it('keeps unknown members and the type of the very field that is patched', async () => {
		const desk = await startWith(itemOfEveryCategory().slice(0, 1));
		await desk.patch(desk.id(), [{ op: 'replace', path: '/fields/passkey/label', value: 'renamed' }]);
		const passkey = field((await desk.get(desk.id())).body, 'passkey');
		expect(passkey).toMatchObject({ type: 'PASSKEY', label: 'renamed', passkey: { rpId: 'example.com' } });
	});
});
