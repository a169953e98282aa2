/**
 * What a credential allows within what its token may do: only these vaults, only reading. Enforced before a request leaves;
 * the token's own rights are the server's business.
 */

import { looksLikeId } from '../../core/names/connectId';
import { isObject } from '../../core/json';
import { OnePasswordError, invalidInput } from '../../core/errors/onePasswordError';
import { parseJson } from '../../http/responseBody';
import type { HttpRequest, HttpResponse, Transport } from '../../http/transport';

export interface AccessRules {
	/** Names or ids; none = every vault of the token. */
	readonly allowedVaults: readonly string[];
	readonly readOnly: boolean;
}

/** @throws OnePasswordError INVALID_INPUT for a list of vaults without any. */
export function readAccessRules(credential: { readonly allowedVaults?: unknown; readonly readOnly?: unknown }): AccessRules {
	const text = String(credential.allowedVaults ?? '');
	const allowedVaults = text
		.split(/[,\r\n]/)
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');
	if (text !== '' && allowedVaults.length === 0) {
		throw invalidInput(
			"'Allowed Vaults' of the credential does not name a vault.",
			'Enter the vaults, or clear the field to allow every vault the token can access.',
		);
	}
	return { allowedVaults, readOnly: credential.readOnly === true };
}

/** @throws OnePasswordError FORBIDDEN where the credential only reads. */
export function requireWritable({ readOnly }: Pick<AccessRules, 'readOnly'>): void {
	if (!readOnly) return;
	throw new OnePasswordError({
		code: 'FORBIDDEN',
		message: 'The credential is read-only, so nothing was sent.',
		advice: "Use a credential that may write, or turn off 'Read-Only' in this one.",
	});
}

const VAULTS: HttpRequest = { method: 'GET', route: '/v1/vaults', path: '/v1/vaults' };

/** @returns a transport that sends nothing against the rules, and shows only the allowed vaults in lists. */
export function guardAccess(transport: Transport, rules: AccessRules): Transport {
	const { allowedVaults } = rules;
	const isAllowed = (vault: unknown): boolean => isObject(vault) && allowedVaults.some((entry) => entry === vault.id || entry === vault.name);
	let ids: ReadonlySet<unknown> | undefined = allowedVaults.every(looksLikeId) ? new Set(allowedVaults) : undefined;
	return async (request) => {
		if (request.method !== 'GET') requireWritable(rules);
		if (allowedVaults.length === 0) return await transport(request);
		const vaultId = /^\/v1\/vaults\/([^/?]+)/.exec(request.path)?.[1];
		if (vaultId === undefined) {
			const response = await transport(request);
			return request.route === VAULTS.route ? withRows(response, isAllowed) : response;
		}
		if (ids === undefined) {
			const list = await transport(VAULTS);
			const rows = rowsOf(list);
			// The failure of the list is that of the request.
			if (rows === undefined) return list.status < 300 ? { ...list, status: 502, body: Buffer.alloc(0) } : list;
			ids = new Set(rows.filter(isAllowed).map((row) => isObject(row) && row.id));
		}
		if (!ids.has(decodeURIComponent(vaultId))) throw refuseVault(request);
		return await transport(request);
	};
}

function rowsOf(response: HttpResponse): unknown[] | undefined {
	const rows = response.status === 200 ? parseJson(response) : undefined;
	return Array.isArray(rows) ? (rows as unknown[]) : undefined;
}

function withRows(response: HttpResponse, isAllowed: (row: unknown) => boolean): HttpResponse {
	const rows = rowsOf(response);
	return rows === undefined ? response : { ...response, body: Buffer.from(JSON.stringify(rows.filter(isAllowed))) };
}

function refuseVault({ method, route }: HttpRequest): OnePasswordError {
	return new OnePasswordError({
		code: 'FORBIDDEN',
		message: 'The credential does not allow this vault, so the request was not sent.',
		advice: "Add the vault to 'Allowed Vaults' of the credential if the workflow may use it.",
		route: `${method} ${route}`,
	});
}
