/** Shapes that answers of real servers have, as defaults, and what other releases did, by knobs. */

import { afterEach, describe, expect, it } from '@jest/globals';

import type { FullItem } from '../../../../nodes/shared/core/wire';
import type { SeedItem } from '../../../emulators/connect';
import { RECORDED_WAITS, manualClock } from '../../../emulators/connect';
import { closeAll, field, startWith } from './support';

afterEach(closeAll);

const idsOf = ({ fields = [] }: FullItem): string[] => fields.map(({ id }) => id);

const API_CREDENTIAL = ['notesPlain', 'username', 'credential', 'type', 'filename', 'validFrom', 'expires', 'hostname'];

describe('the fields of an item', () => {
	it.each([
		['LOGIN', ['username', 'password', 'notesPlain', 'own']],
		['PASSWORD', ['password', 'notesPlain', 'own']],
		['API_CREDENTIAL', [...API_CREDENTIAL, 'own']],
		['SECURE_NOTE', ['notesPlain', 'own']],
	])('of category %s come in the order of its template after POST, PATCH and PUT: %j', async (category, ids) => {
		const desk = await startWith([]);
		const fields = [
			{ id: 'own', value: 'x' },
			{ purpose: 'NOTES', value: 'note' },
		];
		const { body } = await desk.create({ category, fields });
		const patched = await desk.patch(body.id, [{ op: 'replace', path: '/fields/notesPlain/value', value: 'new' }]);
		const replaced = await desk.put(body.id, { category, fields });
		expect([body, patched.body, replaced.body].map(idsOf)).toEqual([ids, ids, ids]);
	});

	it('stay where the client put them, and only notes are there unasked, when told so', async () => {
		const desk = await startWith([], { fieldOrder: 'asSent', emptyBuiltIns: 'notesOnly' });
		const { body } = await desk.create({
			category: 'API_CREDENTIAL',
			fields: [
				{ id: 'own', value: 'x' },
				{ id: 'credential', value: 'y' },
			],
		});
		expect(idsOf(body)).toEqual(['notesPlain', 'own', 'credential']);
	});

	it('of an API credential are there although empty, and one that is sent by its id takes its place', async () => {
		const desk = await startWith([]);
		const { body } = await desk.create({ category: 'API_CREDENTIAL', fields: [{ id: 'credential', type: 'CONCEALED', value: 'x' }] });
		expect(field(body, 'validFrom')).toEqual({ id: 'validFrom', type: 'DATE', label: 'valid from' });
		expect([idsOf(body), field(body, 'credential')?.value]).toEqual([API_CREDENTIAL, 'x']);
	});

	it('that somebody removes stay in the item, empty', async () => {
		const desk = await startWith([{ category: 'API_CREDENTIAL', fields: [{ id: 'username', value: 'x' }] }]);
		await desk.patch(desk.id(), [{ op: 'remove', path: '/fields/username' }]);
		const { body } = await desk.get(desk.id());
		expect([idsOf(body), field(body, 'username')?.value]).toEqual([API_CREDENTIAL, undefined]);
	});
});

describe('members that no API description knows', () => {
	const NOTE: SeedItem = { category: 'SECURE_NOTE', title: 'Note', fields: [{ purpose: 'NOTES', value: 'first line\nsecond' }] };

	it.each<[SeedItem, string | undefined]>([
		[{ category: 'LOGIN', fields: [{ purpose: 'USERNAME', value: 'wendy' }] }, 'wendy'],
		[{ category: 'LOGIN' }, '—'],
		[{ category: 'API_CREDENTIAL', fields: [{ id: 'type', type: 'MENU', value: 'bearer' }] }, 'bearer'],
		[{ category: 'SSH_KEY', fields: [{ id: 'fingerprint', value: 'SHA256:x' }] }, 'SHA256:x'],
		[NOTE, 'first line'],
		[{ category: 'PASSWORD' }, undefined],
	])('are in items, not in list rows: %j has %j', async (item, information) => {
		const desk = await startWith([item]);
		const { body } = await desk.get(desk.id());
		expect(body).toMatchObject({ vault: { id: desk.vaultId, name: 'Vault' } });
		expect((body as { additionalInformation?: string }).additionalInformation).toBe(information);
		expect((await desk.list())[0]).toMatchObject({ vault: { id: desk.vaultId } });
		expect(JSON.stringify(await desk.list())).not.toMatch(/additionalInformation|"name"/);
	});

	it.each([
		['itemsAndRows', true, true],
		['none', false, false],
	] as const)('with %s: in items %s, in rows %s', async (extraMembers, inItems, inRows) => {
		const desk = await startWith([NOTE], { extraMembers });
		const texts = [(await desk.get(desk.id())).text, JSON.stringify(await desk.list())];
		expect(texts.map((text) => text.includes('additionalInformation'))).toEqual([inItems, inRows]);
	});

	it('do not become contents by an edit in the apps', async () => {
		const desk = await startWith([NOTE]);
		desk.emulator.admin.editItem(
			'Vault',
			desk.id(),
			(item) => void (item.fields = [{ id: 'notesPlain', purpose: 'NOTES', type: 'STRING', value: 'new' }]),
		);
		expect((await desk.get(desk.id())).body).toMatchObject({ additionalInformation: 'new' });
	});
});

describe('times', () => {
	it.each([
		['seconds', '2026-01-01T00:00:01Z'],
		['milliseconds', '2026-01-01T00:00:01.999Z'],
	] as const)('are cut to %s', async (timePrecision, time) => {
		const clock = manualClock();
		const desk = await startWith([], { timePrecision }, { clock });
		clock.advance(1_999);
		const { body } = await desk.create({ title: 'New' });
		expect([body.createdAt, body.updatedAt, desk.emulator.admin.vault('Vault').updatedAt]).toEqual([time, time, time]);
		expect((await desk.call<Array<{ timestamp: string }>>('GET', '/v1/activity')).body[0]?.timestamp).toBe(time);
	});
});

describe('waits of recorded clients', () => {
	it('are needed: right after a write an item is not to be read or deleted', async () => {
		const clock = manualClock();
		const desk = await startWith([], RECORDED_WAITS, { clock });
		const { body } = await desk.create({ title: 'New' });
		expect([(await desk.get(body.id)).status, (await desk.delete(body.id)).status]).toEqual([404, 500]);
		clock.advance(1_000);
		expect([(await desk.get(body.id)).status, (await desk.delete(body.id)).status]).toEqual([200, 204]);
	});
});

describe('old releases', () => {
	const FILED: SeedItem = { title: 'Filed', fields: [{ purpose: 'PASSWORD', value: 'x' }], files: [{ name: 'tls.crt', content: 'x' }] };

	it('1.5.1 to 1.5.3 sent snake_case', async () => {
		const desk = await startWith([FILED], { memberNames: 'snake_case' });
		const { body } = await desk.get(desk.id());
		expect(Object.keys(body)).toEqual(expect.arrayContaining(['created_at', 'updated_at', 'last_edited_by', 'additional_information']));
		expect(Object.keys((await desk.list())[0] ?? {})).toContain('created_at');
	});

	it('1.5.4 sent contentPath', async () => {
		const desk = await startWith([FILED], { fileMembers: '1.5.4' });
		const [file] = (await desk.get(desk.id())).body.files ?? [];
		expect(file).toMatchObject({ name: 'tls.crt', contentPath: expect.stringContaining(`/files/${file?.id}/content`) });
		expect(file).not.toHaveProperty('content_path');
	});

	it('1.5.5 sent files with a wrong id and no name, but the right path', async () => {
		const desk = await startWith([FILED], { fileMembers: '1.5.5' });
		const [file] = (await desk.get(desk.id())).body.files ?? [];
		expect([file?.name, file?.content_path?.includes(file.id)]).toEqual(['', false]);
		expect((await desk.call('GET', file?.content_path ?? '')).status).toBe(200);
	});
});
