import { describe, expect, it } from '@jest/globals';

import type { ChangeEvent } from '../../../../../nodes/OnePasswordTrigger/events/changeEvent';
import { completeEvents } from '../../../../../nodes/OnePasswordTrigger/delivery/completeEvents';
import { sampleEvents } from '../../../../../nodes/OnePasswordTrigger/delivery/samples';
import { CANARY, expectNoSecret } from '../../../../support/refusal';
import { KEY_ITEM } from '../../../../support/connectScene';
import { openWatcher } from '../poll/pollScene';

const event = (eventId: string, item?: object): ChangeEvent => ({
	eventId,
	kind: 'updated',
	detectedAt: '',
	redelivered: false,
	...(item && { item }),
});

describe('repeated events', () => {
	it('come as they were where no item was wanted', async () => {
		const { watch, scene } = await openWatcher({ detail: 'fields' });
		expect((await completeEvents(watch(), [event('a')])).output).toEqual([event('a')]);
		expect(scene.emulator.requests).toHaveLength(0);
	});

	it('come with the item, read anew, and what is remembered of them holds no value', async () => {
		const { watch, scene } = await openWatcher({ detail: 'item', reveal: 'all' });
		const told = event('a', { vaultId: scene.vaultId, id: scene.itemId });
		const { output, events, waiting } = await completeEvents(watch(), [told]);
		expect(output).toMatchObject([{ item: { fields: { credential: CANARY } } }]);
		expect([events, waiting]).toEqual([[told], []]);
	});

	it.each<[string, number, string, boolean]>([
		['is gone', 404, 'item not found', true],
		['is out of scope', 403, 'vault is not in scope', true],
		['cannot be read now', 500, 'oops', false],
	])('whose item %s hold no other back', async (_what, status, message, isReady) => {
		const { watch, scene } = await openWatcher({ detail: 'item' }, { items: [KEY_ITEM, KEY_ITEM] });
		const [first, second] = scene.emulator.admin.items('Production').map(({ id }) => event(id, { vaultId: scene.vaultId, id }));
		if (!first || !second) throw new Error('No items');
		scene.break('GET', { kind: 'status', status, message }, { path: new RegExp(first.eventId) });
		const { output, waiting, failure } = await completeEvents(watch(), [first, second]);
		expect(output.map(({ eventId }) => eventId)).toEqual(isReady ? [first.eventId, second.eventId] : [second.eventId]);
		expect(waiting).toEqual(isReady ? [] : [first]);
		expect(failure?.code).toBe(isReady ? undefined : 'UNAVAILABLE');
	});
});

describe('samples', () => {
	it('are the latest items that fit, as the events they would have been', async () => {
		const items = Array.from({ length: 8 }, (_, index) => ({
			title: `Item ${index}`,
			version: index + 1,
			updatedAt: `2026-01-0${index + 1}T00:00:00Z`,
		}));
		const { watch } = await openWatcher({ filters: { title: 'item' } }, { items: [...items, { title: 'Other' }] });
		const samples = await sampleEvents(watch());
		expect(samples.map(({ item }) => (item as { title: string }).title)).toEqual(['Item 7', 'Item 6', 'Item 5', 'Item 4', 'Item 3']);
		expect(samples[0]).toMatchObject({ kind: 'updated', version: 8, previousVersion: 7 });
	});

	it('show what the level of detail says, and no more', async () => {
		expectNoSecret(await sampleEvents((await openWatcher({ detail: 'item' })).watch()), [CANARY]);
		expect(await sampleEvents((await openWatcher({ detail: 'item', reveal: 'all' })).watch())).toMatchObject([
			{ kind: 'created', item: { fields: { credential: CANARY } } },
		]);
	});

	it('are refused where nothing fits, or the item cannot be read', async () => {
		await expect(sampleEvents((await openWatcher({ filters: { title: 'none' } })).watch())).rejects.toMatchObject({
			code: 'INVALID_INPUT',
		});
		await expect(sampleEvents((await openWatcher({ scope: 'vaults', vaults: ['None'] })).watch())).rejects.toMatchObject({
			code: 'VAULT_NOT_FOUND',
		});
		const { watch, scene } = await openWatcher({ detail: 'item' });
		scene.break('GET', { kind: 'status', status: 500 }, { path: /\/items\/\w+$/ });
		await expect(sampleEvents(watch())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
	});
});
