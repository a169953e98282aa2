import type { Item } from '../../../nodes/shared/core/wire';
import type { ServerAddress } from './http';
import { send } from './http';
import { CALM_MS, eventually, pause } from './eventually';
import { isMarked, isOfThisRun } from './mark';

const CRASHED_AFTER_MS = 86_400_000;

/** Deletes items that unfinished runs left behind more than a day ago. */
export async function removeLeftOvers(server: ServerAddress, vaultId: string): Promise<void> {
	const limit = Date.now() - CRASHED_AFTER_MS;
	const items = await list(server, vaultId);
	for (const { id, title, createdAt } of items) {
		if (isMarked(title) && Date.parse(createdAt ?? '') < limit) await remove(server, vaultId, id);
	}
}

/** Deletes this run's items: the known ones, and those only found in a list. */
export async function removeOwn(server: ServerAddress, vaultId: string, known: Iterable<string>): Promise<void> {
	const removed = new Set<string>();
	for (const id of known) {
		await remove(server, vaultId, id);
		removed.add(id);
	}
	for (let lastNews = Date.now(); Date.now() - lastNews < CALM_MS; await pause()) {
		const items = await list(server, vaultId);
		for (const { id, title } of items) {
			if (!isOfThisRun(title) || removed.has(id)) continue;
			await remove(server, vaultId, id);
			removed.add(id);
			lastNews = Date.now();
		}
	}
}

async function list(server: ServerAddress, vaultId: string): Promise<Item[]> {
	return await eventually(async () => {
		const { status, body } = await send<Item[]>(server, { method: 'GET', path: `/v1/vaults/${vaultId}/items` });
		if (status !== 200) throw new Error(`The items could not be listed for their removal: ${status}`);
		return body;
	});
}

// A conflict shows as 500 here. 404: a test has deleted it.
async function remove(server: ServerAddress, vaultId: string, itemId: string): Promise<void> {
	await eventually(async () => {
		const { status } = await send(server, { method: 'DELETE', path: `/v1/vaults/${vaultId}/items/${itemId}` });
		if (status !== 204 && status !== 404) throw new Error(`Item ${itemId} could not be removed: ${status}`);
	});
}
