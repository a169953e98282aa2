import type { FullItem, Item, ItemDraft, PatchOperation, Vault } from '../../../nodes/shared/core/wire';
import { eventually } from '../running/eventually';
import type { Method, Reply, ServerAddress } from '../running/http';
import { send } from '../running/http';
import { ownTitle } from '../running/mark';
import { removeLeftOvers, removeOwn } from '../running/removal';

/** A question found no answer. The message says why, using only our own words and statuses. */
export class Unanswered extends Error {}

/** What questions work with: a vault of the server, in which they may make items, and whatever they have seen. */
export class Lab {
	/** Requests inside the vault with the token that has the rights, by their status. */
	readonly statuses: number[] = [];
	private readonly made = new Set<string>();

	private constructor(
		readonly server: ServerAddress,
		readonly vault: Vault,
	) {}

	/** @throws Unanswered where the token does not see exactly one such vault. */
	static async open(server: ServerAddress, wanted: string): Promise<Lab> {
		const { body } = await eventually(async () => {
			const reply = await send<Vault[]>(server, { method: 'GET', path: '/v1/vaults' });
			if (reply.status !== 200) throw new Unanswered(`The list of vaults answered ${reply.status}. Check the token.`);
			return reply;
		});
		const [vault, ...others] = body.filter(({ id, name }) => id === wanted || name === wanted);
		if (!vault || others.length > 0) throw new Unanswered('OP_CONNECT_VAULT must name exactly one vault that the token can see.');
		await removeLeftOvers(server, vault.id);
		return new Lab(server, vault);
	}

	/** Deletes everything created, even if it was never read. */
	async close(): Promise<void> {
		await removeOwn(this.server, this.vault.id, this.made);
	}

	get vaultPath(): string {
		return `/v1/vaults/${this.vault.id}`;
	}

	get itemsPath(): string {
		return `${this.vaultPath}/items`;
	}

	itemPath(itemId: string): string {
		return `${this.itemsPath}/${itemId}`;
	}

	/** A server may occasionally answer 403 by mistake, so only a second one counts. */
	async call<T = unknown>(method: Method, path: string, body?: unknown): Promise<Reply<T>> {
		const reply = await this.send<T>(method, path, body);
		return reply.status === 403 ? await this.send<T>(method, path, body) : reply;
	}

	private async send<T>(method: Method, path: string, body?: unknown): Promise<Reply<T>> {
		const reply = await send<T>(this.server, { method, path, ...(body !== undefined && { body }) });
		if (path.startsWith(this.itemsPath)) this.statuses.push(reply.status);
		return reply;
	}

	async post<T = FullItem>(members: Partial<ItemDraft>): Promise<Reply<T>> {
		const draft = { title: ownTitle('question'), category: 'LOGIN', ...members, vault: { id: this.vault.id } };
		const reply = await this.call<T>('POST', this.itemsPath, draft);
		if (reply.status < 300) this.made.add((reply.body as FullItem).id);
		return reply;
	}

	/** Forgets an item that a question has deleted. */
	forget(itemId: string): void {
		this.made.delete(itemId);
	}

	/** An item that reads show. */
	async create(members: Partial<ItemDraft> = {}): Promise<FullItem> {
		const { status, body } = await this.post(members);
		if (status >= 300) throw new Unanswered(`the creation answered ${status}`);
		return await this.read(body.id);
	}

	async patch(itemId: string, ...operations: PatchOperation[]): Promise<Reply<FullItem>> {
		return await this.call<FullItem>('PATCH', this.itemPath(itemId), operations);
	}

	/** The item after that patch as reads show it, or the status that refused it. */
	async patched(item: FullItem, ...operations: PatchOperation[]): Promise<FullItem | number> {
		const { status } = await this.patch(item.id, ...operations);
		return status < 300 ? await this.read(item.id, (item.version ?? 0) + 1) : status;
	}

	/** The item once a read shows that version of it. */
	async read(itemId: string, version = 1): Promise<FullItem> {
		return await this.until(async () => {
			const { status, body } = await this.call<FullItem>('GET', this.itemPath(itemId));
			return status === 200 && (body.version ?? 0) >= version ? body : undefined;
		}, 'no read showed the item in time');
	}

	/** @returns the first answer that is defined. */
	async until<T>(attempt: () => Promise<T | undefined>, otherwise: string): Promise<T> {
		return await eventually(async () => {
			const found = await attempt();
			if (found === undefined) throw new Unanswered(otherwise);
			return found;
		});
	}

	async list(filter?: string): Promise<Reply<Item[]>> {
		return await this.call<Item[]>('GET', this.itemsPath + (filter === undefined ? '' : `?filter=${encodeURIComponent(filter)}`));
	}

	async vaultNow(): Promise<Vault> {
		return (await this.call<Vault>('GET', this.vaultPath)).body;
	}
}
