/** 1Password's SDK as its quick start shows it: one client with kept-alive connections, one call after the other. */

import { OnePasswordConnect, type FullItem, type OPConnect } from '@1password/connect';

import type { Contestant, Job } from '../contest';
import { SECRET_FIELD } from '../server/seed';

export const peerReading = peerWith(async (client, { vaultId, title }) => await client.getItem(vaultId, title));

export function peerWriting(secret: string): Contestant {
	return peerWith(async (client, { vaultId, title }) => {
		const item = await client.getItem(vaultId, title);
		for (const field of item.fields ?? []) if (field.id === SECRET_FIELD) field.value = secret;
		return await client.updateItem(vaultId, item);
	});
}

/** Vault and item by their names, as its quick start finds them, for each reference. */
export const peerResolving: Contestant =
	({ url, token }, jobs) =>
	async () => {
		const client = OnePasswordConnect({ serverURL: url, token, keepAlive: true });
		const values: string[] = [];
		for (const { vaultName, title, field } of jobs) {
			const vault = await client.getVault(vaultName);
			const item = await client.getItem(vault.id ?? '', title);
			values.push(item.fields?.find(({ label }) => label === field)?.value ?? '');
		}
		return values;
	};

function peerWith(handle: (client: OPConnect, job: Job) => Promise<FullItem>): Contestant {
	return ({ url, token }, jobs) =>
		async () => {
			const client = OnePasswordConnect({ serverURL: url, token, keepAlive: true });
			const secrets: string[] = [];
			for (const job of jobs) {
				const item = await handle(client, job);
				secrets.push(item.fields?.find(({ id }) => id === SECRET_FIELD)?.value ?? '');
			}
			return secrets;
		};
}
