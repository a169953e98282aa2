import { describe, expect, it } from '@jest/globals';

import { expectRefusal } from '../../../support/refusal';
import { KEY_ITEM } from '../../../support/connectScene';
import { NO_EMPTY_FIELDS, OLD, SECRETS, blind, openRotation, pendingOf, settle, stateOf } from './rotationScene';

describe('begin', () => {
	const inSection = (section: { id: string; label?: string }, label: string): object => ({
		id: 'mine',
		label,
		type: 'STRING',
		value: 'monthly',
		section: { id: section.id },
	});

	it.each(['rotation state', 'Rotation Started', 'rotated field', 'Grace Until'])(
		"is refused before anything is sent if the item has a section of this name with a field '%s'",
		async (label) => {
			const section = { id: 'sx', label: 'Rotation' };
			const item = { ...KEY_ITEM, sections: [section], fields: [...(KEY_ITEM.fields ?? []), inSection(section, label)] } as typeof KEY_ITEM;
			const scene = await openRotation({ items: [item] });
			await expectRefusal(scene.process().begin(), { code: 'INVALID_INPUT', message: expect.stringContaining(`"${label}"`) as never }, SECRETS);
			expect(scene.applied()).toBe(0);
		},
	);

	it.each([{ id: 'Rotation', label: 'Certificates' }, { id: 'Rotation' }])('creates its own section beside %j', async (section) => {
		const item = { ...KEY_ITEM, sections: [section], fields: [...(KEY_ITEM.fields ?? []), inSection(section, 'note')] } as typeof KEY_ITEM;
		const scene = await openRotation({ items: [item] });
		await scene.process().begin();
		await scene.process().finish();
		expect([scene.live(), stateOf(scene.reading())]).toEqual(['new-1', expect.objectContaining({ state: 'finished', previous: OLD })]);
	});

	it('creates another section if its own was renamed', async () => {
		const scene = await openRotation();
		await scene.process().begin();
		scene.emulator.admin.editItem(scene.vaultId, scene.itemId, (item) => {
			item.sections = item.sections?.map((section) => ({ ...section, label: 'Old rotation' }));
		});
		scene.emulator.admin.settle();
		scene.clock.advance(120_000);
		await scene.process({ rotationId: 'r2' }).begin();
		expect(stateOf(scene.reading())).toMatchObject({ rotationId: 'r2', pending: 'new-2' });
	});

	it('stages nothing twice while reads lag behind earlier writes', async () => {
		const scene = await openRotation({ behaviour: { replicas: [{ readLagMs: 31_000 }] } });
		const { begin } = scene.process({ run: scene.open(), syncTimeoutMs: 5_000 });
		await expectRefusal(begin(), { code: 'UNAVAILABLE', outcomeUnknown: true });
		await expectRefusal(begin(), { code: 'UNAVAILABLE', message: expect.stringContaining('Nothing was sent') as never });
		scene.clock.advance(31_000);
		expect([pendingOf(await begin()), scene.applied()]).toEqual(['new-1', 1]);
	});

	it('removes leftovers of another, interrupted rotation when repeated', async () => {
		const scene = await openRotation();
		const run = blind(scene);
		await scene.process().begin();
		const patchItem = run.client.patchItem;
		run.client.patchItem = async (...to) => {
			await patchItem.apply(run.client, to);
			throw new Error('killed');
		};
		await expect(scene.process({ rotationId: 'r2', run }).begin()).rejects.toThrow('killed');
		scene.emulator.admin.settle();
		expect(stateOf(scene.reading())).toMatchObject({ rotationId: 'r1', strays: 1 });
		expect(await scene.process().begin()).toMatchObject({ changed: false });
		expect(stateOf(scene.reading())).toMatchObject({ rotationId: 'r1', pending: 'new-1', strays: 0 });
		await scene.process().finish();
		expect(scene.live()).toBe('new-1');
	});

	it('keeps a manual edit visible when it removes leftovers', async () => {
		const scene = await openRotation();
		const run = blind(scene);
		await scene.process().begin();
		run.client.itemAtOnce = async () => await Promise.reject(new Error('killed'));
		await settle(scene.process({ rotationId: 'r2', run, syncTimeoutMs: 1_000 }).begin()).catch(() => undefined);
		scene.edit('hostname', 'edited.example.com');
		scene.emulator.admin.settle();
		await scene.process().begin();
		await expectRefusal(scene.process().finish(), { code: 'VERSION_CONFLICT' }, SECRETS);
	});

	it.each([
		['archived', { ...KEY_ITEM, state: 'ARCHIVED' }, 'is archived'],
		[
			'one with a field ID that a patch can not name',
			{ ...KEY_ITEM, fields: [{ id: 'a/b', label: 'credential', type: 'CONCEALED', value: OLD }] },
			"can't address",
		],
	])('is refused for an item that is %s', async (_what, item, message) => {
		const scene = await openRotation({
			items: [item as typeof KEY_ITEM],
			behaviour: { archivedItems: 'listed', ...NO_EMPTY_FIELDS } as never,
		});
		await expectRefusal(scene.process().begin(), { code: 'INVALID_INPUT', message: expect.stringContaining(message) as never }, SECRETS);
		expect(scene.applied()).toBe(0);
	});

	it.each(['k(1)', 'k)', '(x)'])('and finish work with a field ID such as %s', async (id) => {
		const scene = await openRotation({
			items: [{ ...KEY_ITEM, fields: [{ id, label: 'credential', type: 'CONCEALED', value: OLD }] }],
			behaviour: NO_EMPTY_FIELDS,
		});
		await scene.process().begin();
		await scene.process().finish();
		expect(scene.live()).toBe('new-1');
	});

	it('repairs an item that contains a placeholder instead of a value', async () => {
		const scene = await openRotation();
		scene.edit('credential', '<concealed by 1Password>');
		scene.emulator.admin.settle();
		await scene.process().begin();
		await scene.process().finish();
		expect([scene.live(), stateOf(scene.reading())]).toEqual(['new-1', expect.objectContaining({ previous: '' })]);
	});
});

it('a step that the server refuses repeatedly says where to look', async () => {
	const scene = await openRotation();
	await scene.process().begin();
	scene.break('PATCH', { kind: 'status', status: 400 });
	const error = await expectRefusal(scene.process({ syncTimeoutMs: 1_000 }).finish(), { code: 'INVALID_INPUT' }, SECRETS);
	expect(error.details.advice).toContain("check with 'Get Status'");
	expect(stateOf(scene.reading())).toMatchObject({ state: 'pending', pending: 'new-1' });
});
