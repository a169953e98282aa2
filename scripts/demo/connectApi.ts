/** The few calls of the Connect API that the demo makes for itself: everything else goes through n8n. */

export interface DemoField {
	id?: string;
	label?: string;
	type?: string;
	value?: string;
	section?: { id: string };
}

export interface DemoItem {
	id: string;
	title: string;
	version: number;
	fields?: DemoField[];
}

interface Named {
	id: string;
	name: string;
}

export class ConnectApi {
	constructor(
		readonly url: string,
		private readonly token: string,
	) {}

	/** @throws Error naming the vaults that there are, when none or several have this name or id. */
	async vaultId(nameOrId: string): Promise<string> {
		const vaults = await this.call<Named[]>('GET', '/v1/vaults');
		const matches = vaults.filter(({ id, name }) => id === nameOrId || name === nameOrId);
		const [match] = matches;
		if (match && matches.length === 1) return match.id;
		const names = vaults.map(({ id, name }) => `"${name}" (${id})`).join(', ');
		throw new Error(`The token sees ${matches.length} vaults called "${nameOrId}". It sees: ${names}`);
	}

	async findItem(vaultId: string, title: string): Promise<DemoItem> {
		const filter = encodeURIComponent(`title eq "${title}"`);
		const found = await this.call<DemoItem[]>('GET', `/v1/vaults/${vaultId}/items?filter=${filter}`);
		const [item] = found;
		if (!item) throw new Error(`There is no item "${title}" in the vault.`);
		return item;
	}

	async item(vaultId: string, itemId: string): Promise<DemoItem> {
		return await this.call('GET', `/v1/vaults/${vaultId}/items/${itemId}`);
	}

	async createItem(vaultId: string, title: string, fields: DemoField[]): Promise<DemoItem> {
		const body = { vault: { id: vaultId }, title, category: 'API_CREDENTIAL', tags: ['n8n-demo'], fields };
		return await this.call('POST', `/v1/vaults/${vaultId}/items`, body);
	}

	async deleteItem(vaultId: string, itemId: string): Promise<void> {
		await this.call('DELETE', `/v1/vaults/${vaultId}/items/${itemId}`);
	}

	private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await fetch(`${this.url}${path}`, {
			method,
			headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		// Not the text: a server's answer may repeat what was sent.
		if (!response.ok) throw new Error(`1Password Connect answered ${response.status} to ${method} ${path}`);
		return (text === '' ? undefined : JSON.parse(text)) as T;
	}
}

export function fieldValue(item: DemoItem, label: string): string {
	return item.fields?.find((field) => field.label === label)?.value ?? '';
}
