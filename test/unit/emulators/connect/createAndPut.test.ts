import { afterEach, describe, expect, it } from '@jest/globals';

import type { ErrorResponse } from '../../../../nodes/shared/core/wire';
import { closeAll, field, startWith } from './support';

afterEach(closeAll);

describe('creating an item', () => {
	it('answers 200 with version 1, upper-case names, sorted tags and no empty members', async () => {
		const desk = await startWith([]);
		const { status, body } = await desk.create({
			title: 'New',
			category: 'api_credential',
			tags: ['b', 'C', 'a'],
			urls: [],
			fields: [
				{ label: 'key', type: 'concealed', value: 'v' },
				{ label: 'empty', value: '' },
			],
		});
		expect(status).toBe(200);
		expect(body).toMatchObject({ version: 1, category: 'API_CREDENTIAL', tags: ['C', 'a', 'b'] });
		expect(Object.keys(body)).not.toEqual(expect.arrayContaining(['urls']));
		const id: unknown = expect.stringMatching(/^[a-z2-7]{26}$/);
		expect(field(body, 'key')).toEqual({ id, type: 'CONCEALED', label: 'key', value: 'v' });
		expect(field(body, 'empty')).not.toHaveProperty('value');
	});

	it('fills id, type and label of fields with a purpose, and shows built-in fields even when empty', async () => {
		const desk = await startWith([]);
		const { body } = await desk.create({ fields: [{ purpose: 'PASSWORD', value: 'v' }] });
		expect(field(body, 'password')).toMatchObject({ type: 'CONCEALED', label: 'password', purpose: 'PASSWORD' });
		expect(field(body, 'username')).toEqual({ id: 'username', type: 'STRING', purpose: 'USERNAME', label: 'username' });
		const note = (await desk.create({ category: 'SECURE_NOTE' })).body;
		expect(note.fields?.map(({ id }) => id)).toEqual(['notesPlain']);
	});

	it.each(['CUSTOM', 'DOCUMENT', 'CRYPTO_WALLET', '', undefined])('refuses category %s', async (category) => {
		const desk = await startWith([]);
		expect((await desk.create<ErrorResponse>({ category })).body).toEqual({ status: 400, message: 'Invalid item category' });
	});

	it('refuses types it cannot write, in the words of the validator', async () => {
		const desk = await startWith([]);
		const { body } = await desk.create<ErrorResponse>({
			sections: [{ id: 'a' }, { id: 'b' }],
			fields: [{ value: 'fine' }, { section: { id: 'b' }, type: 'totp' }],
		});
		expect(body).toEqual({
			status: 400,
			message:
				"Validation: (validateVaultItem failed to Validate), Couldn't validate the item: " +
				'"[ItemValidator] has found 1 errors, 0 warnings: \n' +
				'Errors:{1. details.sections[1].fields[0] has unsupported field type: totp}"',
		});
	});

	it('refuses two fields of one purpose', async () => {
		const desk = await startWith([]);
		const { body } = await desk.create<ErrorResponse>({ fields: [{ purpose: 'PASSWORD' }, { purpose: 'PASSWORD' }] });
		expect(body.message).toContain('too many "password" fields in Apply()');
	});

	it('refuses login purposes in other categories', async () => {
		const desk = await startWith([]);
		expect((await desk.create({ category: 'DATABASE', fields: [{ purpose: 'USERNAME' }] })).status).toBe(406);
	});

	it.each([
		['a missing vault', { vault: undefined }],
		['a title that is a number', { title: 1 }],
		['fields that are no array', { fields: {} }],
		['a value that is a number', { fields: [{ value: 5 }] }],
		['two fields of one id', { fields: [{ id: 'x' }, { id: 'x' }] }],
	])('refuses %s and changes nothing', async (_what, members) => {
		const desk = await startWith([]);
		expect((await desk.create(members)).status).toBe(400);
		expect(desk.emulator.requests[0]?.applied).toBe(false);
		expect(desk.emulator.admin.items(desk.vaultId)).toEqual([]);
	});

	it('refuses a body that is not JSON', async () => {
		const desk = await startWith([]);
		expect((await desk.call('POST', desk.itemsPath, '{')).status).toBe(400);
	});

	it.each([
		['create', 1, { id: 'new', label: 'New section' }],
		['drop', 0, undefined],
	] as const)('with an unknown section does: %s', async (unknownSection, count, section) => {
		const desk = await startWith([], { unknownSection });
		const { body } = await desk.create({ fields: [{ id: 'x', section: { id: 'new', label: 'New section' } }] });
		expect(body.sections?.[0]).toEqual(section);
		expect(body.fields?.filter(({ id }) => id === 'x')).toHaveLength(count);
	});

	it('refuses an unknown section when told so', async () => {
		const desk = await startWith([], { unknownSection: 'reject' });
		expect((await desk.create({ fields: [{ section: { id: 'new' } }] })).status).toBe(400);
	});
});

describe('replacing an item', () => {
	const seed = [
		{
			title: 'Old',
			tags: ['t'],
			fields: [
				{ purpose: 'PASSWORD', value: 'first' },
				{ id: 'extra', value: 'x' },
			],
			files: [{ name: 'a.txt', content: 'a' }],
		},
	];

	it('drops what the body leaves out, but keeps files', async () => {
		const desk = await startWith(seed);
		await desk.put(desk.id(), { title: 'New', version: 77 });
		const { body } = await desk.get(desk.id());
		expect(body).toMatchObject({ title: 'New', version: 2, files: [{ name: 'a.txt' }] });
		expect(body).not.toHaveProperty('tags');
		expect(field(body, 'extra')).toBeUndefined();
	});

	it('needs the vault id and the same category', async () => {
		const desk = await startWith(seed);
		expect((await desk.put(desk.id(), { vault: undefined })).status).toBe(400);
		expect((await desk.put(desk.id(), { category: 'SERVER' })).status).toBe(400);
	});

	it('remembers former passwords', async () => {
		const desk = await startWith(seed);
		for (const value of ['second', 'second', 'third']) {
			await desk.put(desk.id(), { fields: [{ purpose: 'PASSWORD', value }] });
		}
		const password = field((await desk.get(desk.id())).body, 'password');
		expect(password?.passwordDetails).toEqual({ history: ['second', 'first'] });
		expect(password).not.toHaveProperty('entropy');
		desk.emulator.behaviour.passwordDetails = 'full';
		expect(field((await desk.get(desk.id())).body, 'password')?.entropy).toBeCloseTo(5 * Math.log2(26));
	});

	it('turns a password without its purpose into a plain field', async () => {
		const desk = await startWith(seed);
		await desk.put(desk.id(), { fields: [{ id: 'password', type: 'CONCEALED', value: 'first' }] });
		expect(field((await desk.get(desk.id())).body, 'password')).not.toHaveProperty('purpose');
	});

	it('makes a string of an SSH key, which patching another field does not', async () => {
		const desk = await startWith([{ category: 'SSH_KEY', fields: [{ id: 'k', type: 'SSHKEY', value: 'key' }] }]);
		await desk.patch(desk.id(), [{ op: 'replace', path: '/title', value: 'Patched' }]);
		const patched = (await desk.get(desk.id())).body;
		expect(field(patched, 'k')?.type).toBe('SSHKEY');
		await desk.call('PUT', `${desk.itemsPath}/${desk.id()}`, patched);
		expect(field((await desk.get(desk.id())).body, 'k')?.type).toBe('STRING');
	});
});
