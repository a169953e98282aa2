import { expect, it } from '@jest/globals';

import { createItem } from '../../../../nodes/shared/connect/writes/guardedCreate';
import { updateItem } from '../../../../nodes/shared/connect/writes/guardedUpdate';
import { beginRotation, finishRotation } from '../../../../nodes/shared/connect/rotation/rotationSteps';
import { dayOfSeconds } from '../../../../nodes/shared/core/time/dates';
import { draftItem } from '../../../../nodes/shared/core/item/itemDraft';
import { NO_LAG } from '../../../emulators/connect';
import { openScene, valueOf } from '../../../support/connectScene';

/** A server reads a plain day in its own zone; every quarter of an hour of which there is a zone, and some in between. */
const ZONES = Array.from({ length: 53 }, (_, index) => -720 + index * 30);

const DAYS = ['2027-01-31', '2024-02-29', '1970-01-01', '1968-12-31', '2027-03-28', '9999-12-31'];

const FORMS: ReadonlyArray<(day: string) => string> = [
	(day) => day,
	(day) => `${day}T00:30:00.000+14:00`,
	(day) => `${day}T23:30:00-12:00`,
	(day) => `${day}T12:00:00Z`,
	(day) => day.replaceAll('-', ''),
];

it.each(ZONES)('with a server %d minutes east of UTC, a day is stored once and stays the same day', async (zoneOffsetMinutes) => {
	const items = [
		{
			title: 'Key',
			fields: [
				{ id: 'expires', type: 'DATE', label: 'Gültig bis' },
				{ id: 'month', type: 'MONTH_YEAR', label: 'month' },
			],
		},
	];
	const { run, vaultId, itemId, emulator } = await openScene({ items, behaviour: { ...NO_LAG, zoneOffsetMinutes } });
	const set = async (value: string, month: string): Promise<boolean> =>
		(
			await updateItem(run, vaultId, itemId, {
				fields: [
					{ field: 'expires', action: 'set', value },
					{ field: 'month', action: 'set', value: month },
				],
			})
		).changed;
	for (const [index, day] of DAYS.entries()) {
		const changes: boolean[] = [];
		for (const form of FORMS) changes.push(await set(form(day), index % 2 === 0 ? form(day) : day.slice(0, 7)));
		const stored = valueOf(emulator.admin.item(vaultId, itemId), 'expires') ?? '';
		expect([day, ...changes]).toEqual([day, true, false, false, false, false]);
		expect([dayOfSeconds(stored), valueOf(emulator.admin.item(vaultId, itemId), 'month')]).toEqual([day, day.slice(0, 7).replace('-', '')]);
		// What was read is taken back unchanged.
		expect(await set(stored, day.slice(0, 7))).toBe(false);
	}
});

it('a day stored too early by an earlier release is corrected once', async () => {
	const items = [
		{ title: 'Key', fields: [{ id: 'expires', type: 'DATE', label: 'expires', value: String(Date.parse('2027-01-30T22:00:00Z') / 1000) }] },
	];
	const { run, vaultId, itemId } = await openScene({ items, behaviour: { ...NO_LAG, zoneOffsetMinutes: 120 } });
	const update = async (): Promise<boolean> =>
		(await updateItem(run, vaultId, itemId, { fields: [{ field: 'expires', action: 'set', value: '2027-01-31' }] })).changed;
	expect([await update(), await update(), await update()]).toEqual([true, false, false]);
});

it.each([-720, 120, 840])('a new item has the intended day, even if its response was lost (%d)', async (zoneOffsetMinutes) => {
	const scene = await openScene({ items: [], behaviour: { ...NO_LAG, zoneOffsetMinutes } });
	const draft = draftItem({
		vaultId: scene.vaultId,
		title: 'New',
		category: 'API_CREDENTIAL',
		fields: [
			{ field: 'expires', action: 'set', type: 'DATE', value: '2027-01-31' },
			{ field: 'month', action: 'set', type: 'MONTH_YEAR', value: '2027-01' },
		],
	});
	scene.break('POST', { kind: 'resetBeforeHeaders', act: true }, { times: 1 });
	const { item } = await createItem(scene.run, draft);
	expect([valueOf(item, 'expires'), valueOf(item, 'month')]).toEqual(['1801396860', '202701']);
});

it.each([-720, 120, 840])('a date changed along with a rotated key is the intended day (%d)', async (zoneOffsetMinutes) => {
	const fields = [
		{ id: 'k', type: 'CONCEALED', label: 'key', value: 'old' },
		{ id: 'expires', type: 'DATE', label: 'expires', value: '1767268860' },
	];
	const { run, vaultId, itemId } = await openScene({ items: [{ title: 'Key', fields }], behaviour: { ...NO_LAG, zoneOffsetMinutes } });
	const target = { vaultId, itemId };
	const step = { rotationId: 'r', now: Date.parse('2026-11-01') };
	const finish = { ...step, previousValue: 'keep' as const, others: [{ field: 'expires', value: '2027-01-31T09:00:00.000+02:00' }] };
	await beginRotation(run, target, { ...step, field: 'key', value: 'new', isGiven: true, tag: '' });
	expect(valueOf((await finishRotation(run, target, finish)).item, 'expires')).toBe('1801396860');
	expect((await finishRotation(run, target, finish)).changed).toBe(false);
});
