import type { FullItem } from '../../../../nodes/shared/core/wire';
import { pause } from '../../running/eventually';
import { ownTitle } from '../../running/mark';
import type { Lab } from '../lab';
import type { Question } from '../question';
import { refused, yesNo } from '../question';

const READS = 20;

const SET_FAVORITE = { op: 'replace', path: '/favorite', value: true } as const;

export const WRITING: readonly Question[] = [
	{ id: 'patchVersion', text: 'Version in the answer to PATCH', ask: async (lab) => await versionOf(lab, 'PATCH') },
	{ id: 'putVersion', text: 'Version in the answer to PUT', ask: async (lab) => await versionOf(lab, 'PUT') },
	{
		id: 'oldPut',
		text: 'PUT with an old version',
		ask: async (lab) => {
			const item = await lab.create();
			await lab.patched(item, SET_FAVORITE);
			const { status } = await lab.call('PUT', lab.itemPath(item.id), item);
			return status < 300 ? 'accepted' : refused(status);
		},
	},
	{
		id: 'readLag',
		text: 'Time until a read shows a new item',
		ask: async (lab) => {
			const { status, body } = await lab.post({});
			if (status >= 300) return refused(status);
			const sentAt = Date.now();
			await lab.read(body.id);
			return durationOf(Date.now() - sentAt);
		},
	},
	{
		id: 'backwards',
		text: `Reads that show an older version than one before, of ${READS}`,
		ask: async (lab) => {
			const item = await lab.create();
			await lab.patched(item, SET_FAVORITE);
			let [newest, older] = [item.version ?? 0, 0];
			for (let turn = 0; turn < READS; turn++) {
				const { version = 0 } = (await lab.call<FullItem>('GET', lab.itemPath(item.id))).body;
				older += Number(version < newest);
				newest = Math.max(newest, version);
				await pause();
			}
			return String(older);
		},
	},
	{
		id: 'writesAtOnce',
		text: 'Two writes to one vault at the same time',
		ask: async (lab) => {
			const items = [await lab.create(), await lab.create()];
			const replies = await Promise.all(items.map(async ({ id }) => await lab.patch(id, SET_FAVORITE)));
			return replies
				.map(({ status }) => status)
				.sort()
				.join(' and ');
		},
	},
	{
		id: 'conflictActed',
		text: 'Whether a write that was answered with 409 was done all the same',
		ask: async (lab) => {
			const ids = [(await lab.create()).id, (await lab.create()).id];
			const replies = await Promise.all(ids.map(async (id) => await lab.patch(id, SET_FAVORITE)));
			const loser = ids[replies.findIndex(({ status }) => status === 409)];
			if (loser === undefined) return 'no write was answered with 409';
			const winner = ids[replies.findIndex(({ status }) => status < 300)];
			if (winner !== undefined) await lab.read(winner, 2);
			return yesNo((await lab.read(loser)).favorite === true);
		},
	},
	{
		id: 'earlyDelete',
		text: 'DELETE right after a creation, before a read shows the item',
		ask: async (lab) => {
			const { status, body } = await lab.post({});
			if (status >= 300) return refused(status);
			return String((await lab.call('DELETE', lab.itemPath(body.id))).status);
		},
	},
	{
		id: 'emptyPatch',
		text: 'PATCH without operations',
		ask: async (lab) => {
			const { id } = await lab.create();
			return String((await lab.patch(id)).status);
		},
	},
	{
		id: 'unknownMembers',
		text: 'POST with a member that Connect does not know',
		ask: async (lab) => {
			const { status } = await lab.post({ title: ownTitle('unknown'), unheardOf: true } as object);
			return status < 300 ? 'accepted' : refused(status);
		},
	},
];

async function versionOf(lab: Lab, method: 'PATCH' | 'PUT'): Promise<string> {
	const item = await lab.create();
	const body = method === 'PATCH' ? [SET_FAVORITE] : { ...item, favorite: true };
	const reply = await lab.call<FullItem>(method, lab.itemPath(item.id), body);
	if (reply.status >= 300) return refused(reply.status);
	const before = item.version ?? 0;
	const after = (await lab.read(item.id, before + 1)).version ?? 0;
	const said = reply.body.version === before ? 'old' : reply.body.version === after ? 'new' : 'neither the old nor the new one';
	return after === before + 1 ? said : `${said}; the version rose by ${after - before}`;
}

/** In steps, since more would be chance. */
function durationOf(ms: number): string {
	const step = [100, 250, 500, 1_000, 2_000, 5_000, 10_000].find((limit) => ms < limit);
	return step === undefined ? '10 s or more' : `less than ${step / 1_000} s`;
}
