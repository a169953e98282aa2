/** What the activity log adds to the polls: which rows are told, once each, and what that costs. */

import { describe, expect, it } from '@jest/globals';

import { sampleEvents } from '../../../../../nodes/OnePasswordTrigger/delivery/samples';
import { isOwnAccess } from '../../../../../nodes/OnePasswordTrigger/accesses/accessEvent';
import { tokenIdOf } from '../../../../../nodes/shared/core/server/tokenId';
import { formatUserAgent } from '../../../../../nodes/shared/n8n/services/userAgent';
import type { ActivitySeed, BehaviourOptions, SeedItem } from '../../../../emulators/connect';
import { auditRow } from '../../../../support/auditRows';
import { kindsOf, openWatcher, type Polled, type Watcher } from '../poll/pollScene';

const BOTH = { events: ['accessed', 'denied'] };
const ITEMS: SeedItem[] = [
	{ title: 'One', tags: ['a'] },
	{ title: 'Two', category: 'SERVER' },
	{ title: 'Three', tags: ['a', 'quiet'] },
];
const STAGING = { vaults: [{ name: 'Staging', items: ITEMS }], items: ITEMS };
const FOREIGN = 'connect-sdk-go/1.5.3';

async function open(parameters: object = {}, behaviour: BehaviourOptions = {}): Promise<Watcher> {
	const watcher = await openWatcher({ ...BOTH, ...parameters }, { ...STAGING, behaviour });
	await watcher.poll();
	return watcher;
}

/** Somebody else reads the item of a vault. */
function access({ scene }: Watcher, title = 'One', rest: Partial<ActivitySeed> = {}, vault = 'Production'): void {
	const { admin } = scene.emulator;
	const itemId = admin.items(vault).find((item) => item.title === title)?.id;
	admin.logActivity([{ action: 'READ', vaultId: admin.vault(vault).id, itemId, userAgent: FOREIGN, ip: '10.0.0.9', jti: 'theirs', ...rest }]);
}

const titlesOf = ({ events }: Polled): unknown[] => events.map(({ item }) => (item as { title?: string } | null)?.title ?? 'unknown');

/** As the package says of itself. */
const ours = (executionId?: string, workflowId = 'wf-9'): string => formatUserAgent({ workflowId, executionId, nodeName: '1Password' });

describe('an access', () => {
	it('is told with who, what and when', async () => {
		const watcher = await open();
		access(watcher, 'One', { userAgent: ours('77'), itemVersion: 1 });
		const { events, failure } = await watcher.poll();
		expect(failure).toBeUndefined();
		expect(events).toEqual([
			{
				eventId: expect.stringMatching(/^[\w-]{36}-[\da-f]{12}$/),
				kind: 'accessed',
				item: { id: watcher.scene.itemId },
				vault: { id: watcher.scene.vaultId, name: 'Production' },
				action: 'READ',
				result: 'SUCCESS',
				client: ours('77'),
				ip: '10.0.0.9',
				tokenId: 'theirs',
				workflowId: 'wf-9',
				executionId: '77',
				node: '1Password',
				timestamp: expect.stringMatching(/^20.*Z$/),
				detectedAt: new Date(watcher.scene.clock.now()).toISOString(),
				redelivered: false,
			},
		]);
	});

	it('is told once, and what was there at the start never', async () => {
		const watcher = await openWatcher(BOTH, STAGING);
		access(watcher);
		expect((await watcher.poll()).events).toEqual([]);
		for (let n = 0; n < 3; n++) {
			access(watcher);
			access(watcher, 'One', { result: 'DENY' });
			expect(kindsOf(await watcher.poll())).toEqual(['accessed', 'denied']);
		}
		expect((await watcher.poll()).events).toEqual([]);
	});

	it.each([
		[['accessed'], ['accessed']],
		[['denied'], ['denied', 'denied']],
		[['updated'], []],
	])('of the wanted kinds %j only, and lists and writes are none', async (events, expected) => {
		const watcher = await open({ events });
		access(watcher);
		access(watcher, 'One', { action: 'UPDATE' });
		access(watcher, 'One', { action: 'DELETE', result: 'DENY' });
		access(watcher, 'One', { itemId: undefined });
		access(watcher, 'One', { itemId: undefined, vaultId: undefined, result: 'DENY' });
		const { events: told } = await watcher.poll();
		expect(told.map(({ kind }) => kind)).toEqual(expected);
		if (events.includes('denied')) expect(told[1]).toMatchObject({ item: null, vault: null, result: 'DENY' });
	});

	it('counts from when it is wanted, also the second time', async () => {
		const watcher = await openWatcher({ events: ['updated'] }, STAGING);
		await watcher.poll();
		for (let n = 0; n < 2; n++) {
			access(watcher);
			expect((await watcher.poll({ parameters: BOTH })).events).toEqual([]);
			access(watcher);
			expect((await watcher.poll()).events).toHaveLength(1);
			await watcher.poll({ parameters: { events: ['updated'] } });
			expect(watcher.state()?.accesses).toBeUndefined();
		}
	});
});

describe('own requests', () => {
	it('of the trigger are passed over, where it reads items too', async () => {
		const watcher = await open({ events: ['accessed', 'denied', 'updated'], detail: 'item' });
		watcher.scene.emulator.admin.editItem('Production', watcher.scene.itemId, { title: 'Edited' });
		expect([kindsOf(await watcher.poll()), kindsOf(await watcher.poll())]).toEqual([['updated'], []]);
	});

	const TRIGGER = '1Password Trigger';
	const agent = (executionId?: string, nodeName = '1Password', workflowId = 'wf-1'): string => formatUserAgent({ workflowId, executionId, nodeName });

	it('of the trigger are passed over where a list in doubt made it read an item, for an hour', async () => {
		const watcher = await open({ events: ['accessed', 'archived'] });
		const { admin, token } = watcher.scene.emulator;
		admin.archiveItem('Production', watcher.scene.itemId);
		expect([kindsOf(await watcher.poll()), kindsOf(await watcher.poll())]).toEqual([['archived'], []]);
		const row: Partial<ActivitySeed> = { itemId: watcher.scene.itemId, userAgent: agent(undefined, TRIGGER), jti: tokenIdOf(token) };
		access(watcher, 'Two', { ...row, itemId: admin.items('Production').find(({ title }) => title === 'Two')?.id });
		expect(kindsOf(await watcher.poll())).toEqual(['accessed']);
		access(watcher, 'One', row);
		expect(kindsOf(await watcher.poll({ afterMs: 3_600_000 }))).toEqual(['accessed']);
	});

	it.each<readonly [string, Partial<ActivitySeed>, object, boolean]>([
		['a node of this workflow', { userAgent: agent('5') }, {}, false],
		['a node of this workflow, which is wanted', { userAgent: agent('5') }, { options: { includeOwnWorkflow: true } }, true],
		['a node of this workflow, with another token', { userAgent: agent('5'), jti: 'theirs' }, {}, true],
		['a node of this workflow that was refused', { userAgent: agent('5'), result: 'DENY' }, {}, true],
		['a node of another workflow', { userAgent: agent('5', '1Password', 'wf-2') }, {}, true],
		['the trigger, which reads items', { userAgent: agent(undefined, TRIGGER) }, { detail: 'fields' }, false],
		[
			'the trigger, where its workflow is wanted',
			{ userAgent: agent(undefined, TRIGGER) },
			{ detail: 'fields', options: { includeOwnWorkflow: true } },
			false,
		],
		['the trigger, refused', { userAgent: agent(undefined, TRIGGER), result: 'DENY' }, { detail: 'fields' }, true],
		['the trigger, with another token', { userAgent: agent(undefined, TRIGGER), jti: 'theirs' }, { detail: 'fields' }, true],
		['a trigger of another name', { userAgent: agent(undefined, 'Other') }, { detail: 'fields' }, true],
		['a trigger of another workflow', { userAgent: agent(undefined, TRIGGER, 'wf-2') }, { detail: 'fields' }, true],
		['a trigger without a workflow', { userAgent: formatUserAgent({ nodeName: TRIGGER }) }, { detail: 'fields' }, true],
		['the name of the trigger, which reads no items', { userAgent: agent(undefined, TRIGGER) }, {}, true],
		['a credential', { userAgent: 'n8n-nodes-1password-connect/0.1.0 (credential=onePasswordSecretHttpApi)' }, {}, true],
	])('by %s', async (_what, row, parameters, isTold) => {
		const watcher = await open({ events: ['accessed', 'denied', 'updated'], ...parameters });
		access(watcher, 'One', { jti: tokenIdOf(watcher.scene.emulator.token), ...row });
		expect((await watcher.poll()).events).toHaveLength(isTold ? 1 : 0);
	});

	it('are unknown where the token has no id', async () => {
		const watch = (await open()).watch();
		const row = auditRow({ workflowId: 'wf-1', executionId: '5', tokenId: watch.tokenId ?? null });
		expect([isOwnAccess(watch, row), isOwnAccess({ ...watch, tokenId: undefined }, row)]).toEqual([true, false]);
	});
});

describe('scope and filters', () => {
	const accessAll = (watcher: Watcher): void => {
		for (const vault of ['Production', 'Staging']) for (const title of ['One', 'Two', 'Three']) access(watcher, title, {}, vault);
		access(watcher, 'One', { itemId: 'g'.repeat(26) });
		access(watcher, 'One', { itemId: 'g'.repeat(26), vaultId: 'h'.repeat(26), result: 'DENY' });
	};

	it.each([
		['all vaults', {}, 8],
		['a vault', { scope: 'vaults', vaults: ['Staging'] }, 3],
		['items', { scope: 'items', items: ['op://Staging/One', 'op://Production/Two'] }, 2],
	])('%s', async (_what, parameters, count) => {
		const watcher = await open(parameters);
		accessAll(watcher);
		expect((await watcher.poll()).events).toHaveLength(count);
	});

	it.each([
		['tags', { tags: 'a' }, ['One', 'Three', 'One', 'Three', 'unknown']],
		['title', { title: 't?o' }, ['Two', 'Two', 'unknown']],
		['category', { categories: ['SERVER'] }, ['Two', 'Two', 'unknown']],
		['tag to ignore', { ignoreTag: 'quiet' }, ['One', 'Two', 'One', 'Two', 'unknown', 'unknown']],
	])('%s, by one list of each vault that occurs', async (_what, filters, expected) => {
		const watcher = await open({ filters });
		accessAll(watcher);
		const polled = await watcher.poll();
		expect(titlesOf(polled)).toEqual(expected);
		expect(polled.requests).toHaveLength(4);
	});

	it('keep a row for the next poll where its vault can not be listed', async () => {
		const watcher = await open({ filters: { tags: 'a' } });
		access(watcher);
		watcher.scene.break('GET', { kind: 'status', status: 500 }, { path: /\/items$/ });
		expect(await watcher.poll()).toMatchObject({ events: [], failure: { code: 'UNAVAILABLE' } });
		watcher.scene.emulator.faults.clear();
		expect((await watcher.poll()).events).toHaveLength(1);
	});
});

describe('bounds', () => {
	it('an idle poll is two requests', async () => {
		const watcher = await open();
		for (let n = 0; n < 3; n++) expect((await watcher.poll()).requests).toEqual(['GET /v1/vaults', 'GET /v1/activity']);
		expect(watcher.stored().length).toBeLessThan(2_000);
	});

	it('no poll tells more events than wanted, and none is lost, doubled or out of order, whatever lies between', async () => {
		const watcher = await open({ options: { maxEvents: 3 } });
		const itemIds = Array.from({ length: 10 }, (_, n) => `${n}`.repeat(26));
		for (const itemId of itemIds) {
			for (let n = 0; n < 200; n++) access(watcher, 'One', { itemId: undefined });
			access(watcher, 'One', { itemId });
		}
		const polls = [];
		for (let n = 0; n < 5; n++) polls.push(await watcher.poll());
		expect(polls.map(({ events }) => events.length)).toEqual([3, 3, 3, 1, 0]);
		expect(polls.flatMap(({ events }) => events.map(({ item }) => (item as { id: string }).id))).toEqual(itemIds);
	});

	it('changes and accesses leave each other room', async () => {
		const watcher = await open({ events: ['accessed', 'updated'], options: { maxEvents: 4 } });
		for (const { id } of watcher.scene.emulator.admin.items('Production'))
			watcher.scene.emulator.admin.editItem('Production', id, { favorite: true });
		for (let n = 0; n < 5; n++) access(watcher);
		const polls = [await watcher.poll(), await watcher.poll(), await watcher.poll()].map(kindsOf);
		expect(polls).toEqual([['accessed', 'accessed', 'updated', 'updated'], ['accessed', 'accessed', 'updated'], ['accessed']]);
	});

	it('remembers little of 10,000 accesses, each told once', async () => {
		const watcher = await open({ options: { maxEvents: 2_000 } }, { activity: { retention: 50_000 } });
		for (let n = 0; n < 10_000; n++) access(watcher, 'One', { itemId: undefined, vaultId: 'v', result: 'DENY' });
		const ids = [];
		for (let n = 0; n < 6; n++) ids.push(...(await watcher.poll()).events.map(({ eventId }) => eventId));
		expect([ids.length, new Set(ids).size]).toEqual([10_000, 10_000]);
		expect(watcher.stored().length).toBeLessThan(35_000);
	});
});

describe('a log that can not be read', () => {
	const breakLog = ({ scene }: Watcher): void => scene.break('GET', { kind: 'status', status: 503 }, { path: /activity/ });

	it('does not let watching begin', async () => {
		const watcher = await openWatcher(BOTH, STAGING);
		breakLog(watcher);
		await expect(watcher.poll()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
		expect(watcher.state()).toBeUndefined();
	});

	it('does not keep changes back, and is made up for', async () => {
		const watcher = await open({ events: ['accessed', 'updated'] });
		breakLog(watcher);
		access(watcher);
		watcher.scene.emulator.admin.editItem('Production', watcher.scene.itemId, { favorite: true });
		expect(await watcher.poll()).toMatchObject({ events: [{ kind: 'updated' }], failure: { code: 'UNAVAILABLE' } });
		watcher.scene.emulator.faults.clear();
		expect(kindsOf(await watcher.poll())).toEqual(['accessed']);
	});
});

describe('samples', () => {
	it('are the latest accesses, and items where changes are wanted', async () => {
		const watcher = await open();
		await expect(sampleEvents(watcher.watch())).rejects.toMatchObject({ code: 'INVALID_INPUT' });
		for (let n = 0; n < 9; n++) access(watcher);
		expect((await sampleEvents(watcher.watch())).map(({ kind }) => kind)).toEqual(Array(5).fill('accessed'));
		await watcher.poll({ parameters: { events: ['accessed', 'created'], scope: 'vaults', vaults: ['Staging'] } });
		expect((await sampleEvents(watcher.watch())).map(({ kind }) => kind)).toEqual(Array(3).fill('created'));
	});
});
