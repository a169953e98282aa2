import { getActivity } from './endpoints/activity';
import { getFile, getFileContent, listFiles } from './endpoints/files';
import { getItem, listItems } from './endpoints/itemReads';
import { createItem, deleteItem, patchItem, putItem } from './endpoints/itemWrites';
import { getMetrics } from './endpoints/metrics';
import { getHealth, getHeartbeat } from './endpoints/service';
import { getVault, listVaults } from './endpoints/vaults';
import type { Endpoint } from './exchange';

export interface Route {
	readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	readonly template: string;
	/** The right that the token needs; '' for routes without a token. */
	readonly rights: '' | 'r' | 'w' | 'rw';
	readonly endpoint: Endpoint;
}

const VAULT = '/v1/vaults/{vaultUuid}';
const ITEMS = `${VAULT}/items`;
const ITEM = `${ITEMS}/{itemUuid}`;
const FILE = `${ITEM}/files/{fileUuid}`;

export const ROUTES: readonly Route[] = [
	{ method: 'GET', template: '/v1/vaults', rights: 'r', endpoint: listVaults },
	{ method: 'GET', template: VAULT, rights: 'r', endpoint: getVault },
	{ method: 'GET', template: ITEMS, rights: 'r', endpoint: listItems },
	{ method: 'POST', template: ITEMS, rights: 'w', endpoint: createItem },
	{ method: 'GET', template: ITEM, rights: 'r', endpoint: getItem },
	{ method: 'PUT', template: ITEM, rights: 'w', endpoint: putItem },
	// A patch without effect shows the item, so that it must not be open to tokens that can only write.
	{ method: 'PATCH', template: ITEM, rights: 'rw', endpoint: patchItem },
	{ method: 'DELETE', template: ITEM, rights: 'w', endpoint: deleteItem },
	{ method: 'GET', template: `${ITEM}/files`, rights: 'r', endpoint: listFiles },
	{ method: 'GET', template: FILE, rights: 'r', endpoint: getFile },
	{ method: 'GET', template: `${FILE}/content`, rights: 'r', endpoint: getFileContent },
	{ method: 'GET', template: '/v1/activity', rights: 'r', endpoint: getActivity },
	{ method: 'GET', template: '/heartbeat', rights: '', endpoint: getHeartbeat },
	{ method: 'GET', template: '/health', rights: '', endpoint: getHealth },
	{ method: 'GET', template: '/metrics', rights: '', endpoint: getMetrics },
];

export interface RouteMatch {
	readonly route: Route;
	readonly params: ReadonlyMap<string, string>;
}

/** The route for a path without base path and query; a slash at its end does not matter. */
export function matchRoute(method: string, path: string): RouteMatch | undefined {
	const parts = path.replace(/\/$/, '').split('/');
	for (const { route, names } of SPLIT_ROUTES) {
		if (route.method !== method || names.length !== parts.length) continue;
		const params = new Map<string, string>();
		const fits = names.every((name, index) => {
			const part = parts[index] ?? '';
			if (!name.startsWith('{')) return name === part;
			params.set(name.slice(1, -1), decode(part));
			return true;
		});
		if (fits) return { route, params };
	}
	return undefined;
}

const SPLIT_ROUTES = ROUTES.map((route) => ({ route, names: route.template.split('/') }));

// A broken escape is kept; it can't be an ID.
function decode(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}
