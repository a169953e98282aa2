/**
 * What a run of a node has read. Each list or item is fetched once, no matter how many input items need it. Lasts only as
 * long as the run, so nothing can become stale between runs.
 */

import { NameIndex } from '../../core/names/nameIndex';
import type { ItemFile, FullItem, Item, Vault } from '../../core/wire';
import type { ConnectClient } from '../client/connectClient';
import { Limiter } from '../../async/limiter';

/** Maximum number of parallel requests in a run. */
export const READ_CONCURRENCY = 8;

export class RunReads {
	private readonly answers = new Map<string, Promise<unknown>>();

	private readonly limiter = new Limiter(READ_CONCURRENCY);

	/** Items written in this run, by vault: lists may lag behind the write or may have been read before it. */
	private readonly written = new Map<string, ReadonlyMap<string, Item>>();

	private readonly writtenItems = new Map<string, FullItem>();

	private readonly merged = new WeakMap<Item[], { written: ReadonlyMap<string, Item>; rows: Item[] }>();

	private readonly indexes = new WeakMap<object, NameIndex<never>>();

	/** When an item was asked for, milliseconds since the epoch: its one-time password is as old. For the items where it matters. */
	readonly askedAt = new WeakMap<FullItem, number>();

	constructor(private readonly client: ConnectClient) {}

	async vaults(): Promise<Vault[]> {
		return await this.once('vaults', async () => await this.client.vaults());
	}

	async vault(vaultId: string): Promise<Vault> {
		return await this.once(`vault ${vaultId}`, async () => await this.client.vault(vaultId));
	}

	async files(vaultId: string, itemId: string): Promise<ItemFile[]> {
		return await this.once(`files ${vaultId} ${itemId}`, async () => await this.client.files(vaultId, itemId));
	}

	/** Active and archived rows, including this run's own writes. */
	async items(vaultId: string, filter?: string): Promise<Item[]> {
		const rows = await this.once(`items ${vaultId} ${filter ?? ''}`, async () => await this.client.items(vaultId, filter));
		const written = this.written.get(vaultId);
		return written === undefined ? rows : this.withWritten(rows, written);
	}

	/** The same array until the next write, so that data derived from it stays valid. */
	private withWritten(rows: Item[], written: ReadonlyMap<string, Item>): Item[] {
		const known = this.merged.get(rows);
		if (known?.written === written) return known.rows;
		const merged = [...rows.filter((row) => !written.has(row.id)), ...written.values()].filter((row) => row.state !== 'DELETED');
		this.merged.set(rows, { written, rows: merged });
		return merged;
	}

	async item(vaultId: string, itemId: string): Promise<FullItem> {
		return await this.once(itemKey(vaultId, itemId), async () => await this.client.item(vaultId, itemId));
	}

	async fileContent(vaultId: string, itemId: string, fileId: string, size = 0): Promise<Buffer> {
		return await this.once(`content ${vaultId} ${itemId} ${fileId}`, async () => await this.client.fileContent(vaultId, itemId, fileId, size));
	}

	/** Reads an item again, once for all callers that find the same read outdated. */
	async itemAfter(stale: FullItem): Promise<FullItem> {
		const key = itemKey(stale.vault.id, stale.id);
		const answer = this.answers.get(key);
		const isStale = (await answer) === stale;
		if (isStale && this.answers.get(key) === answer) this.answers.delete(key);
		return await this.item(stale.vault.id, stale.id);
	}

	/** Drops reads that a write is about to make stale. */
	forgetItem(vaultId: string, itemId: string): void {
		this.answers.delete(itemKey(vaultId, itemId));
	}

	/** Makes this run's later lookups see the item as written. */
	rememberItem(item: FullItem): void {
		const key = itemKey(item.vault.id, item.id);
		this.answers.set(key, Promise.resolve(item));
		this.writtenItems.set(key, item);
		this.rememberRow(item);
	}

	/** @returns the item as written by this run. */
	writtenItem(vaultId: string, itemId: string): FullItem | undefined {
		return this.writtenItems.get(itemKey(vaultId, itemId));
	}

	rememberDeletion(vaultId: string, itemId: string): void {
		this.forgetItem(vaultId, itemId);
		this.rememberRow({ id: itemId, vault: { id: vaultId }, category: 'CUSTOM', state: 'DELETED' });
	}

	/** A row must not contain fields, because lists are shown without concealing anything. */
	private rememberRow(item: FullItem): void {
		const { fields: _fields, sections: _sections, files: _files, ...row } = item;
		this.written.set(row.vault.id, new Map(this.written.get(row.vault.id)).set(row.id, row));
	}

	/** @returns the index of a list of this run, made once. */
	nameIndex<T extends { readonly id: string }>(rows: readonly T[], nameOf: (row: T) => string | undefined): NameIndex<T> {
		const index = (this.indexes.get(rows) as NameIndex<T> | undefined) ?? new NameIndex(rows, nameOf);
		this.indexes.set(rows, index as unknown as NameIndex<never>);
		return index;
	}

	/** A failure is shared like a response, so a thousand inputs don't wait a thousand times for a server that is down. */
	private async once<T>(key: string, read: () => Promise<T>): Promise<T> {
		const known = this.answers.get(key) as Promise<T> | undefined;
		if (known !== undefined) return await known;
		const answer = this.limiter.run(read);
		this.answers.set(key, answer);
		return await answer;
	}
}

function itemKey(vaultId: string, itemId: string): string {
	return `item ${vaultId} ${itemId}`;
}
