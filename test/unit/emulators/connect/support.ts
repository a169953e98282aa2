import type { ErrorResponse, Field, FullItem, Item, Vault } from '../../../../nodes/shared/core/wire';
import type { BehaviourOptions, ConnectEmulator, EmulatorOptions, SeedItem } from '../../../emulators/connect';
import { NO_LAG, startConnectEmulator } from '../../../emulators/connect';

export interface Reply<T> {
	readonly status: number;
	readonly headers: Headers;
	readonly text: string;
	readonly body: T;
}

const running: ConnectEmulator[] = [];

/** Starts an emulator without lag, unless `behaviour` says otherwise, that `closeAll` closes. */
export async function start(options: EmulatorOptions = {}): Promise<ConnectEmulator> {
	const emulator = await startConnectEmulator({ ...options, behaviour: { ...NO_LAG, ...options.behaviour } });
	running.push(emulator);
	return emulator;
}

/** One vault named Vault with these items. */
export async function startWith(items: readonly SeedItem[], behaviour: BehaviourOptions = {}, rest: EmulatorOptions = {}): Promise<Desk> {
	return new Desk(await start({ seed: { vaults: [{ name: 'Vault', items }] }, behaviour, ...rest }));
}

export async function closeAll(): Promise<void> {
	await Promise.all(running.splice(0).map(async (emulator) => await emulator.close()));
}

/** A bare client of the first vault. */
export class Desk {
	readonly vaultId: string;
	readonly itemsPath: string;

	constructor(
		readonly emulator: ConnectEmulator,
		public token = emulator.token,
	) {
		this.vaultId = emulator.admin.vaults()[0]?.id ?? '';
		this.itemsPath = `/v1/vaults/${this.vaultId}/items`;
	}

	as(token: string): Desk {
		return new Desk(this.emulator, token);
	}

	async call<T = ErrorResponse>(method: string, path: string, body?: unknown, headers = {}): Promise<Reply<T>> {
		const response = await fetch(this.emulator.url + path, {
			method,
			redirect: 'manual',
			headers: { authorization: `Bearer ${this.token}`, ...headers },
			...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
		});
		const text = await response.text();
		const isJson = response.headers.get('content-type') === 'application/json';
		return { status: response.status, headers: response.headers, text, body: (isJson ? JSON.parse(text) : text) as T };
	}

	async vaults(filter?: string): Promise<Vault[]> {
		return (await this.call<Vault[]>('GET', `/v1/vaults${query(filter)}`)).body;
	}

	async list(filter?: string): Promise<Item[]> {
		return (await this.call<Item[]>('GET', this.itemsPath + query(filter))).body;
	}

	async get(itemId: string): Promise<Reply<FullItem>> {
		return await this.call<FullItem>('GET', `${this.itemsPath}/${itemId}`);
	}

	/** The id of the item that the seed put at this place. */
	id(index = 0): string {
		return this.emulator.admin.items(this.vaultId)[index]?.id ?? '';
	}

	/** POST of a LOGIN with these members. */
	async create<T = FullItem>(members: Record<string, unknown>): Promise<Reply<T>> {
		return await this.call<T>('POST', this.itemsPath, { vault: { id: this.vaultId }, category: 'LOGIN', ...members });
	}

	async put<T = FullItem>(itemId: string, members: Record<string, unknown>): Promise<Reply<T>> {
		const body = { vault: { id: this.vaultId }, category: 'LOGIN', ...members };
		return await this.call<T>('PUT', `${this.itemsPath}/${itemId}`, body);
	}

	async patch<T = FullItem>(itemId: string, operations: unknown): Promise<Reply<T>> {
		return await this.call<T>('PATCH', `${this.itemsPath}/${itemId}`, operations);
	}

	async delete(itemId: string): Promise<Reply<unknown>> {
		return await this.call('DELETE', `${this.itemsPath}/${itemId}`);
	}
}

export function field(item: FullItem, idOrLabel: string): Field | undefined {
	return item.fields?.find(({ id }) => id === idOrLabel) ?? item.fields?.find(({ label }) => label === idOrLabel);
}

function query(filter: string | undefined): string {
	return filter === undefined ? '' : `?filter=${encodeURIComponent(filter)}`;
}
