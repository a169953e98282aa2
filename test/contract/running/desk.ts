import { afterAll, beforeAll, expect, jest } from '@jest/globals';

import type { Field, FullItem, Item, ItemDraft, PatchOperation } from '../../../nodes/shared/core/wire';
import { TEST_TIMEOUT_MS, eventually } from './eventually';
import type { Method, Reply, Request } from './http';
import { send } from './http';
import { ownTitle } from './mark';
import { removeLeftOvers, removeOwn } from './removal';
import type { Server } from './server';
import { startServer } from './server';
import { TURN_TIMEOUT_MS } from './turn';

/** A server for the tests of this file, cleaned up afterwards. */
export function useDesk(): Desk {
	const desk = new Desk();
	jest.setTimeout(TEST_TIMEOUT_MS);
	beforeAll(async () => await desk.open(), TURN_TIMEOUT_MS);
	afterAll(async () => await desk.close(), TURN_TIMEOUT_MS);
	return desk;
}

/** What tests work with: the server, one of its vaults, and a record of created items and responses. */
export class Desk {
	/** Every answer so far. */
	readonly replies: Reply[] = [];
	private readonly made = new Set<string>();
	private opened: Server | undefined;

	async open(): Promise<void> {
		this.opened = await startServer();
		await removeLeftOvers(this.server, this.vaultId);
	}

	async close(): Promise<void> {
		if (!this.opened) return;
		try {
			await removeOwn(this.server, this.vaultId, this.made);
		} finally {
			await this.server.close();
		}
	}

	get server(): Server {
		if (!this.opened) throw new Error('The server is there from beforeAll on');
		return this.opened;
	}

	get vaultId(): string {
		return this.server.vault.id;
	}

	get vaultPath(): string {
		return `/v1/vaults/${this.vaultId}`;
	}

	itemPath(itemId: string): string {
		return `${this.vaultPath}/items/${itemId}`;
	}

	/** Marks it for deletion at the end. */
	remember(itemId: string): void {
		this.made.add(itemId);
	}

	async ask<T = unknown>(request: Request): Promise<Reply<T>> {
		const reply = await send<T>(this.server, request);
		this.replies.push(reply);
		return reply;
	}

	async call<T = unknown>(method: Method, path: string, body?: unknown): Promise<Reply<T>> {
		return await this.ask<T>({ method, path, ...(body !== undefined && { body }) });
	}

	/** A LOGIN with these properties; the title is marked unless given. */
	draft(members: Partial<ItemDraft> = {}): ItemDraft {
		return { title: ownTitle('item'), category: 'LOGIN', ...members, vault: { id: this.vaultId } };
	}

	async tryToCreate<T = FullItem>(members: Partial<ItemDraft> = {}): Promise<Reply<T>> {
		const reply = await this.call<T>('POST', `${this.vaultPath}/items`, this.draft(members));
		if (reply.status === 200) this.remember((reply.body as FullItem).id);
		return reply;
	}

	/** The item as returned; reads may not show it yet. */
	async create(members: Partial<ItemDraft> = {}): Promise<FullItem> {
		const { status, body } = await this.tryToCreate(members);
		expect({ status, body }).toEqual({ status: 200, body: expect.anything() });
		return body;
	}

	async patch(itemId: string, ...operations: PatchOperation[]): Promise<FullItem> {
		const { status, body } = await this.call<FullItem>('PATCH', this.itemPath(itemId), operations);
		expect({ status, body }).toEqual({ status: 200, body: expect.anything() });
		return body;
	}

	/** The item as reads show it from that version on. */
	async read(itemId: string, version = 1): Promise<FullItem> {
		return await eventually(async () => {
			const { status, body } = await this.call<FullItem>('GET', this.itemPath(itemId));
			expect({ status, reached: (body.version ?? 0) >= version }).toEqual({ status: 200, reached: true });
			return body;
		});
	}

	async list(filter?: string): Promise<Item[]> {
		const query = filter === undefined ? '' : `?filter=${encodeURIComponent(filter)}`;
		const { status, body } = await this.call<Item[]>('GET', `${this.vaultPath}/items${query}`);
		expect({ status, body }).toEqual({ status: 200, body: expect.any(Array) });
		return body;
	}
}

export function fieldOf(item: FullItem, id: string): Field | undefined {
	return item.fields?.find((field) => field.id === id);
}
