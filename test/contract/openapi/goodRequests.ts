import type { Desk } from '../running/desk';
import { filedItem } from '../running/filedItem';
import type { Request } from '../running/http';

type GoodRequest = (desk: Desk) => Promise<Request>;

/** A request that succeeds, for each operation of the file. */
export const GOOD_REQUESTS: Readonly<Record<string, GoodRequest>> = {
	GetApiActivity: async () => get('/v1/activity?limit=50'),
	GetVaults: async () => get('/v1/vaults'),
	GetVaultById: async (desk) => get(desk.vaultPath),
	GetVaultItems: async (desk) => get(`${desk.vaultPath}/items`),
	CreateVaultItem: async (desk) => ({ method: 'POST', path: `${desk.vaultPath}/items`, body: desk.draft() }),
	GetVaultItemById: async (desk) => get(await newItemPath(desk)),
	UpdateVaultItem: async (desk) => ({ method: 'PUT', path: await newItemPath(desk), body: desk.draft() }),
	PatchVaultItem: async (desk) => ({
		...{ method: 'PATCH', path: await newItemPath(desk) },
		body: [{ op: 'replace', path: '/favorite', value: true }],
	}),
	DeleteVaultItem: async (desk) => ({ method: 'DELETE', path: await newItemPath(desk) }),
	GetItemFiles: async (desk) => get((await filedItem(desk)).path),
	GetDetailsOfFileById: async (desk) => {
		const { path, file } = await filedItem(desk);
		return get(`${path}/${file.id}`);
	},
	DownloadFileByID: async (desk) => {
		const { path, file } = await filedItem(desk);
		return get(`${path}/${file.id}/content`);
	},
	GetHeartbeat: async () => get('/heartbeat'),
	GetServerHealth: async () => get('/health'),
	GetPrometheusMetrics: async () => get('/metrics'),
};

function get(path: string): Request {
	return { method: 'GET', path };
}

async function newItemPath(desk: Desk): Promise<string> {
	const { id } = await desk.create();
	await desk.read(id);
	return desk.itemPath(id);
}
