/**
 * The 1Password Connect REST API as it travels: the objects of its OpenAPI file, plus what real servers are known to
 * send beyond it (`files` in list rows excepted). Types only. Enumerations stay open, since servers return values that
 * the specification does not list; unknown members are carried along untouched.
 */

import type { Open } from './wireItem';

export type * from './wireItem';

export interface Vault {
	readonly id: string;
	readonly name: string;
	readonly description?: string;
	/** Version of the vault's own metadata (name, description). */
	readonly attributeVersion?: number;
	/** Version of the vault's contents. */
	readonly contentVersion?: number;
	/** Number of active items. */
	readonly items?: number;
	readonly type?: Open<'USER_CREATED' | 'PERSONAL' | 'EVERYONE' | 'TRANSFER'>;
	/** RFC 3339, UTC. */
	readonly createdAt?: string;
	/** RFC 3339, UTC. When the vault or its contents last changed. */
	readonly updatedAt?: string;
}

/**
 * One operation of Connect's modified JSON Patch: fields are addressed by id, and `add` to `/fields` appends.
 */
export interface PatchOperation {
	readonly op: 'add' | 'remove' | 'replace';
	readonly path: string;
	readonly value?: unknown;
}

/** A row of the activity log. */
export interface ApiRequest {
	readonly requestId: string;
	readonly timestamp: string;
	readonly action: Open<'READ' | 'CREATE' | 'UPDATE' | 'DELETE'>;
	readonly result: Open<'SUCCESS' | 'DENY'>;
	readonly actor: {
		readonly id: string;
		readonly account?: string;
		/** Id of the access token, vouched for by the server. */
		readonly jti?: string;
		/** What the caller said of itself. */
		readonly userAgent?: string;
		readonly requestIp?: string;
	};
	readonly resource: {
		readonly type: Open<'ITEM' | 'VAULT'>;
		readonly vault?: { readonly id: string };
		readonly item?: { readonly id: string };
		readonly itemVersion?: number;
	};
}

export interface ServiceDependency {
	readonly service: string;
	readonly status: string;
	readonly message?: string;
}

export interface ServerHealth {
	readonly name: string;
	readonly version: string;
	readonly dependencies?: readonly ServiceDependency[];
}

export interface ErrorResponse {
	readonly status: number;
	readonly message: string;
}
