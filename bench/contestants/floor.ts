/**
 * The same requests in the same order of dependence and with the same concurrency, by axios and nothing around it: no retry,
 * no check, no typed error. Nothing that sends these requests can be much faster.
 */

import http from 'node:http';

import axios, { type AxiosInstance } from 'axios';

import type { FullItem, Item, Vault } from '../../nodes/shared/core/wire';
import type { Contestant } from '../contest';
import { SECRET_FIELD } from '../server/seed';

/** As many input items as the node handles at once. */
const CONCURRENCY = 8;

type Handle = (session: AxiosInstance, item: Item) => Promise<FullItem>;

export const floorReading = floorWith(() => {
	const items = new Map<string, Promise<FullItem>>();
	return async (session, item) => {
		const known = items.get(item.id) ?? fetchItem(session, item);
		items.set(item.id, known);
		return await known;
	};
});

/** Read, patch, read again; one write at a time in each vault. */
export function floorWriting(secret: string): Contestant {
	return floorWith(() => {
		const writes = new Map<string, Promise<unknown>>();
		return async (session, item) => {
			const { fields = [] } = await fetchItem(session, item);
			const field = fields.find(({ id }) => id === SECRET_FIELD);
			const patch = [{ op: 'replace', path: `/fields/${field?.id}/value`, value: secret }];
			const write = (writes.get(item.vault.id) ?? Promise.resolve()).then(async () => await session.patch(pathOf(item), patch));
			writes.set(item.vault.id, write);
			await write;
			return await fetchItem(session, item);
		};
	});
}

/** @param open called once a run. */
function floorWith(open: () => Handle): Contestant {
	return ({ url, token }, jobs) =>
		async () => {
			const session = openSession(url, token);
			const handle = open();
			const lists = new Map<string, Promise<Map<string, Item>>>();
			return await mapConcurrently(jobs, async ({ vaultId, title }) => {
				const list = lists.get(vaultId) ?? fetchList(session, vaultId);
				lists.set(vaultId, list);
				const row = (await list).get(title);
				if (row === undefined) return '';
				const { fields = [] } = await handle(session, row);
				return fields.find(({ id }) => id === SECRET_FIELD)?.value ?? '';
			});
		};
}

/** One list of vaults, one list a vault, one read an item; every field is looked up in what was read. */
export const floorResolving: Contestant =
	({ url, token }, jobs) =>
	async () => {
		const session = openSession(url, token);
		const { data: vaults } = await session.get<Vault[]>('/v1/vaults');
		const idOf = new Map(vaults.map(({ id, name }) => [name, id]));
		const lists = new Map([...new Set(jobs.map(({ vaultName }) => vaultName))].map((name) => [name, fetchList(session, idOf.get(name) ?? '')]));
		const wanted = [...new Map(jobs.map((job) => [`${job.vaultName}/${job.title}`, job])).values()];
		const values = new Map<string, string>();
		await mapConcurrently(wanted, async ({ vaultName, title }) => {
			const row = (await lists.get(vaultName))?.get(title);
			const { fields = [] } = row === undefined ? {} : await fetchItem(session, row);
			for (const { label, value = '' } of fields) values.set(`${vaultName}/${title}/${label}`, value);
		});
		return jobs.map(({ vaultName, title, field }) => values.get(`${vaultName}/${title}/${field}`) ?? '');
	};

function openSession(url: string, token: string): AxiosInstance {
	return axios.create({
		baseURL: url,
		headers: { Authorization: `Bearer ${token}` },
		httpAgent: new http.Agent({ keepAlive: true }),
	});
}

async function fetchList(session: AxiosInstance, vaultId: string): Promise<Map<string, Item>> {
	const { data } = await session.get<Item[]>(`/v1/vaults/${vaultId}/items`);
	return new Map(data.map((row) => [row.title ?? '', row]));
}

async function fetchItem(session: AxiosInstance, item: Item): Promise<FullItem> {
	return (await session.get<FullItem>(pathOf(item))).data;
}

function pathOf({ id, vault }: Item): string {
	return `/v1/vaults/${vault.id}/items/${id}`;
}

async function mapConcurrently<T, R>(inputs: readonly T[], task: (input: T) => Promise<R>): Promise<R[]> {
	const results = new Array<R>(inputs.length);
	let next = 0;
	const work = async (): Promise<void> => {
		while (next < inputs.length) {
			const index = next++;
			results[index] = await task(inputs[index] as T);
		}
	};
	await Promise.all(Array.from({ length: CONCURRENCY }, work));
	return results;
}
