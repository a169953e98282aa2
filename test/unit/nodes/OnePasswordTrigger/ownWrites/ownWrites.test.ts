/** Which changes the workflow itself has made, in this process of n8n or in another one. */

import { describe, expect, it } from '@jest/globals';

import { deleteItem } from '../../../../../nodes/shared/connect/writes/guardedDelete';
import { updateItem } from '../../../../../nodes/shared/connect/writes/guardedUpdate';
import { OwnWrites } from '../../../../../nodes/shared/connect/run/ownWrites';
import { formatUserAgent } from '../../../../../nodes/shared/n8n/services/userAgent';
import type { BehaviourOptions } from '../../../../emulators/connect';
import { openTestRun } from '../../../../support/openTestRun';
import { kindsOf, openWatcher, type Watcher } from '../poll/pollScene';

interface Worker {
	readonly token?: string;
	readonly workflowId?: string;
	readonly executionId?: string;
}

/** An execution on a worker: what it has written only the activity log knows. */
const runOnWorker = ({ scene }: Watcher, { token = scene.emulator.token, workflowId = 'wf-1', executionId = '77' }: Worker = {}) =>
	openTestRun({
		serverUrl: scene.emulator.url,
		token,
		effects: scene.run.effects,
		expectMany: true,
		ownWrites: new OwnWrites(scene.clock.now),
		workflowId,
		userAgent: formatUserAgent({ workflowId, executionId, nodeName: '1Password' }),
	});

async function open(behaviour: BehaviourOptions = {}, parameters: object = {}): Promise<Watcher> {
	const watcher = await openWatcher(
		{ options: { ignoreOwnWrites: true }, ...parameters },
		{ behaviour: { replicas: [{ readLagMs: 0 }], ...behaviour } },
	);
	await watcher.poll();
	return watcher;
}

const write = async (watcher: Watcher, title: string, worker?: Worker): Promise<unknown> =>
	await updateItem(runOnWorker(watcher, worker), watcher.scene.vaultId, watcher.scene.itemId, { title });

const edit = ({ scene }: Watcher, tag: string): unknown => scene.emulator.admin.editItem('Production', scene.itemId, { tags: [tag] });

describe.each<['new' | 'old']>([['new'], ['old']])('a write of a worker, where rows have the %s version', (itemVersionOnUpdate) => {
	it('starts nothing, however often a workflow writes what it watches', async () => {
		const watcher = await open({ activity: { itemVersionOnUpdate } });
		for (let round = 0; round < 8; round++) {
			for (let writes = 0; writes <= round % 3; writes++) await write(watcher, `Ours ${round}.${writes}`);
			const { events, requests } = await watcher.poll({ afterMs: 10_000 });
			expect(events).toEqual([]);
			// One, or a few more while a young log does not show in which order it is.
			expect([1, 3]).toContain(requests.filter((request) => request.endsWith('/activity')).length);
		}
		await deleteItem(runOnWorker(watcher), watcher.scene.vaultId, watcher.scene.itemId);
		expect(kindsOf(await watcher.poll())).toEqual([]);
		expect((await watcher.poll()).requests).toEqual(['GET /v1/vaults']);
	});

	it.each<[string, string, number]>([
		['between two of them', 'wew', 3],
		['after it', 'we', 2],
		['before it', 'ew', 2],
	])('does not hide an edit by a person %s', async (_when, steps, advanced) => {
		const watcher = await open({ activity: { itemVersionOnUpdate } });
		for (const [index, step] of [...steps].entries()) await (step === 'w' ? write(watcher, `Ours ${index}`) : edit(watcher, 'theirs'));
		expect((await watcher.poll()).events).toMatchObject([{ kind: 'updated', versionsAdvanced: advanced }]);
	});

	it.each([2_000, 10_000, 119_000, 600_000])('does not hide an edit by a person in a later poll (%d ms)', async (afterMs) => {
		const watcher = await open({ activity: { itemVersionOnUpdate } });
		await write(watcher, 'Ours');
		expect(kindsOf(await watcher.poll({ afterMs }))).toEqual([]);
		edit(watcher, 'theirs');
		expect(kindsOf(await watcher.poll({ afterMs }))).toEqual(['updated']);
		await write(watcher, 'Ours again');
		expect(kindsOf(await watcher.poll({ afterMs }))).toEqual([]);
		edit(watcher, 'theirs again');
		expect(kindsOf(await watcher.poll({ afterMs }))).toEqual(['updated']);
	});
});

it('a write of this process does not hide an edit by a person in the next poll', async () => {
	const watcher = await open();
	const { vaultId, itemId } = watcher.scene;
	const here = { ...runOnWorker(watcher), ownWrites: watcher.openRun().ownWrites };
	await updateItem(here, vaultId, itemId, { title: 'Ours' });
	expect((await watcher.poll({ afterMs: 10_000 })).requests.filter((request) => request.endsWith('/activity'))).toEqual([]);
	edit(watcher, 'theirs');
	expect(kindsOf(await watcher.poll({ afterMs: 10_000 }))).toEqual(['updated']);
});

it.each<[string, Worker | 'otherToken']>([
	['another workflow', { workflowId: 'wf-2' }],
	['no execution', { executionId: '' }],
	['another token, whatever it says of itself', 'otherToken'],
])('a write of %s is reported', async (_who, who) => {
	const watcher = await open();
	await write(watcher, 'Theirs', who === 'otherToken' ? { token: watcher.scene.emulator.issueToken({ vaults: { Production: 'rw' } }) } : who);
	expect(kindsOf(await watcher.poll())).toEqual(['updated']);
});

it('a change is reported where the log cannot be read', async () => {
	const watcher = await open();
	await write(watcher, 'Ours');
	watcher.scene.break('GET', { kind: 'status', status: 403 }, { path: /activity/ });
	expect(await watcher.poll()).toMatchObject({ events: [{ kind: 'updated' }], failure: undefined });
});

it('the log is not asked for changes that nobody wants, nor without the option', async () => {
	for (const parameters of [{ events: ['deleted'] }, { filters: { title: 'no such title' } }, { options: {} }]) {
		const watcher = await open({}, parameters);
		await write(watcher, 'Ours');
		expect((await watcher.poll()).requests.some((request) => request.endsWith('/activity'))).toBe(false);
	}
});
