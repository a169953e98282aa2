/** Accesses that somebody hides: by deleting or changing the item that was read, or by making the log forget them. */

import { describe, expect, it } from '@jest/globals';

import { parsePosition } from '../../../../../nodes/OnePasswordTrigger/accesses/accessPosition';
import { sampleEvents } from '../../../../../nodes/OnePasswordTrigger/delivery/samples';
import type { ActivitySeed, BehaviourOptions } from '../../../../emulators/connect';
import { kindsOf, openWatcher, type Watcher } from '../poll/pollScene';

const TITLE = { filters: { title: 'Pay*' } };
const TAG = { filters: { tags: 'critical' } };
const ITEMS = [{ title: 'Payments', tags: ['critical'] }, { title: 'Other' }];

async function open(parameters: object = {}, behaviour: BehaviourOptions = {}): Promise<Watcher> {
	const watcher = await openWatcher({ events: ['accessed', 'denied'], ...parameters }, { items: ITEMS, behaviour });
	await watcher.poll();
	return watcher;
}

const idOf = ({ scene }: Watcher, title = 'Payments'): string =>
	scene.emulator.admin.items('Production').find((item) => item.title === title)?.id ?? '';

function access({ scene }: Watcher, itemId: string | undefined, rest: Partial<ActivitySeed> = {}): void {
	scene.emulator.admin.logActivity([{ action: 'READ', vaultId: scene.vaultId, itemId, userAgent: 'curl/8.0', jti: 'theirs', ...rest }]);
}

const remove = ({ scene }: Watcher, id: string): void => scene.emulator.admin.deleteItem('Production', id);
const rename = ({ scene }: Watcher, id: string): void => void scene.emulator.admin.editItem('Production', id, { title: 'Nothing', tags: [] });
const breakLog = ({ scene }: Watcher): void => scene.break('GET', { kind: 'status', status: 503 }, { path: /activity/ });

describe.each([
	['title', TITLE],
	['tag', TAG],
])('with a filter for a %s, a read is told', (_what, filter) => {
	it.each([
		[['accessed'], ['accessed']],
		[
			['accessed', 'deleted'],
			['accessed', 'deleted'],
		],
	])('where the item is deleted before the poll, with the events %j', async (events, expected) => {
		const watcher = await open({ events, ...filter });
		const [id, other] = [idOf(watcher), idOf(watcher, 'Other')];
		for (const itemId of [id, other]) access(watcher, itemId);
		for (const itemId of [id, other]) remove(watcher, itemId);
		const polled = await watcher.poll();
		expect(kindsOf(polled)).toEqual(expected);
		expect(polled.events[0]?.item).toEqual({ id });
		expect(kindsOf(await watcher.poll())).toEqual([]);
	});

	it('where the item stops fitting before the poll', async () => {
		const watcher = await open(filter);
		const id = idOf(watcher);
		access(watcher, id);
		rename(watcher, id);
		expect((await watcher.poll()).events).toMatchObject([{ kind: 'accessed', item: { id, title: 'Nothing' } }]);
	});

	it.each([
		['stops fitting', rename],
		['is deleted', remove],
	])('where the item %s, and its row comes later than that is seen', async (_how, hide) => {
		const watcher = await open(filter);
		const id = idOf(watcher);
		hide(watcher, id);
		await watcher.poll({ afterMs: 1_000 });
		access(watcher, id);
		expect(kindsOf(await watcher.poll())).toEqual(['accessed']);
	});

	it('where the item stops fitting while the log can not be read, for however long', async () => {
		const watcher = await open(filter);
		const id = idOf(watcher);
		access(watcher, id);
		rename(watcher, id);
		breakLog(watcher);
		for (let n = 0; n < 5; n++) expect(await watcher.poll({ afterMs: 3_600_000 })).toMatchObject({ events: [], failure: { code: 'UNAVAILABLE' } });
		watcher.scene.emulator.faults.clear();
		expect(kindsOf(await watcher.poll())).toEqual(['accessed']);
	});

	it('where the item came and went between two polls', async () => {
		const watcher = await open(filter);
		access(watcher, 'g'.repeat(26));
		expect(kindsOf(await watcher.poll())).toEqual(['accessed']);
	});
});

describe('an item that has stopped fitting', () => {
	it('is forgotten once its rows must have come', async () => {
		const watcher = await open(TITLE);
		const id = idOf(watcher);
		rename(watcher, id);
		await watcher.poll();
		expect(watcher.stored()).toContain(`"droppedOut":{"${watcher.scene.vaultId}/${id}":`);
		expect(watcher.stored()).not.toMatch(/Payments|Nothing|critical/);
		for (let n = 0; n < 2; n++) await watcher.poll();
		expect(watcher.stored()).not.toContain('droppedOut');
		access(watcher, id);
		expect((await watcher.poll()).events).toEqual([]);
	});

	it('is remembered while its rows wait behind others, however many polls that takes', async () => {
		const watcher = await openWatcher({ events: ['accessed'], ...TITLE, options: { maxEvents: 3 } }, { items: [...ITEMS, { title: 'Payroll' }] });
		await watcher.poll();
		const id = idOf(watcher);
		for (let n = 0; n < 15; n++) access(watcher, idOf(watcher, 'Payroll'));
		access(watcher, id);
		rename(watcher, id);
		const polls = [];
		for (let n = 0; n < 6; n++) polls.push(...(await watcher.poll()).events);
		expect(polls).toHaveLength(16);
		expect(polls[15]).toMatchObject({ item: { id } });
	});

	it('is one of 500 at most that are remembered', async () => {
		const watcher = await openWatcher({ events: ['accessed'], ...TITLE }, { items: Array.from({ length: 600 }, () => ({ title: 'Payments' })) });
		await watcher.poll();
		for (const { id } of watcher.scene.emulator.admin.items('Production')) rename(watcher, id);
		await watcher.poll();
		expect(Object.keys(parsePosition(watcher.state()?.accesses).droppedOut)).toHaveLength(500);
	});
});

describe('with a filter', () => {
	it('that is new, items that have not changed are judged by it', async () => {
		const watcher = await open();
		for (const title of ['Payments', 'Other']) access(watcher, idOf(watcher, title));
		expect((await watcher.poll({ parameters: TITLE })).events).toMatchObject([{ item: { title: 'Payments' } }]);
	});

	it('reads of an archived item that no list shows are told, and cause no others', async () => {
		const watcher = await openWatcher(
			{ events: ['accessed'], ...TITLE },
			{ items: [...ITEMS, { title: 'Payments 2' }], behaviour: { archivedItems: 'hidden' } },
		);
		const ids = ['Payments 2', 'Other'].map((title) => idOf(watcher, title));
		for (const id of ids) watcher.scene.emulator.admin.archiveItem('Production', id);
		await watcher.poll();
		for (const id of ids) access(watcher, id);
		const { events, requests } = await watcher.poll();
		expect(events.map(({ item }) => item)).toEqual(ids.map((id) => ({ id })));
		expect(requests).not.toContain('GET /v1/vaults/{vaultUuid}/items/{itemUuid}');
		expect((await watcher.poll()).events).toEqual([]);
	});

	it('requests without an item, and those in vaults that the token never saw, are not told', async () => {
		const watcher = await open(TITLE);
		access(watcher, undefined, { result: 'DENY' });
		access(watcher, 'g'.repeat(26), { vaultId: 'h'.repeat(26) });
		access(watcher, 'g'.repeat(26), { result: 'DENY' });
		expect(kindsOf(await watcher.poll())).toEqual(['denied']);
	});

	it('samples are of items that fit now', async () => {
		const watcher = await open(TITLE);
		for (const id of ['g'.repeat(26), idOf(watcher)]) access(watcher, id);
		expect(await sampleEvents(watcher.watch())).toMatchObject([{ item: { title: 'Payments' } }]);
	});
});

describe('a log that no longer reaches back to the last poll', () => {
	const SMALL: BehaviourOptions = { activity: { retention: 50 } };

	it.each([[['accessed']], [['denied']]])('is told once, with the time since when, for the events %j', async (events) => {
		const watcher = await open({ events }, SMALL);
		access(watcher, idOf(watcher));
		await watcher.poll();
		const since = new Date(watcher.scene.clock.now()).toISOString();
		for (let n = 0; n < 80; n++) access(watcher, idOf(watcher), { result: events[0] === 'denied' ? 'DENY' : 'SUCCESS' });
		const { events: told } = await watcher.poll();
		expect(told[0]).toEqual({
			eventId: `activity@${since}#lost`,
			kind: 'accessesLost',
			message: expect.stringContaining('may be missing'),
			since,
			detectedAt: new Date(watcher.scene.clock.now()).toISOString(),
			redelivered: false,
		});
		expect(new Set(told.slice(1).map(({ kind }) => kind))).toEqual(new Set(events));
		expect((await watcher.poll()).events).toEqual([]);
	});

	it('is told where it was emptied, also with no row in it', async () => {
		const watcher = await open();
		access(watcher, idOf(watcher));
		await watcher.poll();
		watcher.scene.emulator.admin.clearActivity();
		expect([kindsOf(await watcher.poll()), kindsOf(await watcher.poll())]).toEqual([['accessesLost'], []]);
	});

	it("is nobody's concern where no access is an event", async () => {
		const watcher = await open({ events: ['updated', 'serverHealth'] }, SMALL);
		for (let n = 0; n < 80; n++) access(watcher, idOf(watcher));
		expect((await watcher.poll()).events).toEqual([]);
	});

	it('is told in the place of a row, so that no poll tells more events than wanted', async () => {
		const watcher = await open({ options: { maxEvents: 10 } }, SMALL);
		access(watcher, idOf(watcher));
		await watcher.poll();
		for (let n = 0; n < 80; n++) access(watcher, idOf(watcher));
		const polls = [];
		for (let n = 0; n < 7; n++) polls.push(kindsOf(await watcher.poll()));
		expect(polls.map(({ length }) => length)).toEqual([10, 10, 10, 10, 10, expect.any(Number), 0]);
		expect(polls.flat().filter((kind) => kind === 'accessesLost')).toHaveLength(1);
	});
});

it.each([undefined, null, 'text', 5, [], { droppedOut: 5, readAt: 'x' }, { readAt: 9e18, droppedOut: { a: 'b' } }])(
	'a stored place %j is none',
	(stored) => {
		expect(parsePosition(stored)).toEqual({ droppedOut: {} });
	},
);
