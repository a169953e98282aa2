/**
 * The objects of the 1Password Connect REST API: those in its OpenAPI file, plus what real servers are known to send beyond
 * it (except `files` in list rows). Types only. Enumerations stay open, because servers return values that the specification
 * doesn't list. Unknown properties are passed through unchanged.
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
		/** ID of the access token, verified by the server. */
		readonly jti?: string;
		/** What the caller said about itself. */
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
