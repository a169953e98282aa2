/** The Connect REST API, one short method per endpoint. Every method rejects with a `OnePasswordError` only. */

import { normaliseItem } from '../../core/item/itemAnswer';
import { isObject } from '../../core/json';
import { invalidInput } from '../../core/errors/onePasswordError';
import type { ApiRequest, ItemFile, FullItem, Item, ItemDraft, PatchOperation, ServerHealth, Vault } from '../../core/wire';
import { ApiClient, isSuccess, type SendOptions } from '../../http/apiClient';
import { parseJson, statusMessage } from '../../http/responseBody';
import type { Effects } from '../../http/sendWithRetry';
import type { HttpRequest, HttpResponse, Transport } from '../../http/transport';
import { hasId, isHealth, isItem, isItemOf, isListOf, isVault } from './answerShapes';
import { CONNECT } from './connectService';
import { withoutPreview } from './itemPreview';

export interface ActivityPage {
	readonly rows: readonly ApiRequest[];
	/** Rows in the whole log, where the server says so. */
	readonly total?: number;
}

const VAULTS = '/v1/vaults';
const VAULT = `${VAULTS}/{vaultId}`;
const ITEMS = `${VAULT}/items`;
const ITEM = `${ITEMS}/{itemId}`;
const FILES = `${ITEM}/files`;
const FILE = `${FILES}/{fileId}`;

export class ConnectClient {
	private readonly api: ApiClient;

	constructor(transport: Transport, effects: Effects) {
		this.api = new ApiClient({ service: CONNECT, transport, effects });
	}

	/** @param filter such as `name eq "Production"`, unencoded. */
	async vaults(filter?: string): Promise<Vault[]> {
		return await this.list(get(VAULTS, {}, { filter }), isVault);
	}

	async vault(vaultId: string): Promise<Vault> {
		return await this.one(get(VAULT, { vaultId }), isVault);
	}

	/**
	 * The whole vault in one answer, without fields and sections.
	 * @param onceForMs like that of `itemAtOnce`. Default: it is sent again where that may help.
	 */
	async items(vaultId: string, filter?: string, onceForMs?: number): Promise<Item[]> {
		const request = { ...get(ITEMS, { vaultId }, { filter }), timeoutMs: onceForMs };
		return (await this.list(request, isItem<Item>, { once: onceForMs !== undefined })).map(normaliseItem);
	}

	async item(vaultId: string, itemId: string): Promise<FullItem> {
		return normaliseItem(await this.one(get(ITEM, { vaultId, itemId }), isItemOf(itemId)));
	}

	/** Like `item`, but sent once, for `timeoutMs` at most: for a caller that reads again in its own time. */
	async itemAtOnce(vaultId: string, itemId: string, timeoutMs?: number): Promise<FullItem> {
		return normaliseItem(await this.one({ ...get(ITEM, { vaultId, itemId }), timeoutMs }, isItemOf(itemId), { once: true }));
	}

	async createItem(draft: ItemDraft): Promise<FullItem> {
		const path = fill(ITEMS, { vaultId: draft.vault.id });
		return normaliseItem(await this.one({ method: 'POST', route: ITEMS, path, body: draft }, isItem<FullItem>));
	}

	/** The answer carries the new contents, but on real servers the old version number. */
	async patchItem(vaultId: string, itemId: string, operations: readonly PatchOperation[]): Promise<FullItem> {
		const path = fill(ITEM, { vaultId, itemId });
		return normaliseItem(await this.one({ method: 'PATCH', route: ITEM, path, body: operations }, isItem<FullItem>));
	}

	/** Replaces everything: what is left out is gone, and what Connect can't write is lost. */
	async replaceItem(item: FullItem): Promise<FullItem> {
		const path = fill(ITEM, { vaultId: item.vault.id, itemId: item.id });
		return normaliseItem(await this.one({ method: 'PUT', route: ITEM, path, body: item }, isItem<FullItem>));
	}

	/** Deletes permanently. A 404 to a repeated request means that an earlier one went through. */
	async deleteItem(vaultId: string, itemId: string): Promise<void> {
		const request: HttpRequest = { method: 'DELETE', route: ITEM, path: fill(ITEM, { vaultId, itemId }) };
		const answer = await this.api.send(request, {
			accept: (response, { mayHaveActed }) => isSuccess(response) || (mayHaveActed && saysItemIsGone(response)),
		});
		// A proxy's page is no deletion.
		if (isSuccess(answer.response) && answer.response.body.length > 0) throw this.api.unreadable(request, answer);
	}

	async files(vaultId: string, itemId: string): Promise<ItemFile[]> {
		return await this.list(get(FILES, { vaultId, itemId }), hasId<ItemFile>);
	}

	async file(vaultId: string, itemId: string, fileId: string): Promise<ItemFile> {
		return await this.one(get(FILE, { vaultId, itemId, fileId }), hasId<ItemFile>);
	}

	/**
	 * @param size of the file, as its item reports it: the answer may be as large, whatever the limit is.
	 * @throws OnePasswordError INVALID_INPUT for a file that came without an id.
	 */
	async fileContent(vaultId: string, itemId: string, fileId: string, size = 0): Promise<Buffer> {
		if (fileId === '') throw invalidInput("The file has no ID, so Connect can't return its contents.", 'Open it in the 1Password app.');
		const request = { ...get(`${FILE}/content`, { vaultId, itemId, fileId }), expectedBytes: size };
		const answer = await this.api.send(request);
		const { headers, body } = answer.response;
		// Files come as application/octet-stream; a page is what a proxy sends.
		if (/\bhtml\b/i.test(headers['content-type'] ?? '')) throw this.api.unreadable(request, answer);
		return body;
	}

	/** @param limit rows, server's default 50. @param offset rows to skip, default 0. */
	async activity({ limit, offset }: { limit?: number; offset?: number } = {}): Promise<ActivityPage> {
		const request = get('/v1/activity', {}, { limit, offset });
		const answer = await this.api.send(request);
		const rows = parseJson(answer.response);
		if (!isListOf(isObject)(rows)) throw this.api.unreadable(request, answer);
		const total = /\/(\d+)$/.exec(answer.response.headers['content-range'] ?? '')?.[1];
		return { rows: rows as unknown as ApiRequest[], ...(total !== undefined && { total: Number(total) }) };
	}

	/** Needs no token; one is sent all the same, and makes a fresh server start to synchronise. */
	async health(): Promise<ServerHealth> {
		return await this.one(get('/health'), isHealth);
	}

	/** The smallest request there is: sent once, and needs no token. */
	async heartbeat(): Promise<void> {
		await this.api.send(get('/heartbeat'), { once: true });
	}

	private async list<T>(request: HttpRequest, isMember: (value: unknown) => value is T, options?: SendOptions): Promise<T[]> {
		return (await this.api.json(request, isListOf(isMember), options)).map(withoutPreview);
	}

	private async one<T>(request: HttpRequest, isExpected: (value: unknown) => value is T, options?: SendOptions): Promise<T> {
		return withoutPreview(await this.api.json(request, isExpected, options));
	}
}

function saysItemIsGone(response: HttpResponse): boolean {
	return response.status === 404 && /^item\b/i.test(statusMessage(response) ?? '');
}

type Query = Readonly<Record<string, string | number | undefined>>;

function get(route: string, ids: Readonly<Record<string, string>> = {}, query: Query = {}): HttpRequest {
	const pairs = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]));
	const path = fill(route, ids);
	return { method: 'GET', route, path: pairs.length > 0 ? `${path}?${pairs.join('&')}` : path };
}

function fill(route: string, ids: Readonly<Record<string, string>>): string {
	return route.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(ids[name] ?? ''));
}
