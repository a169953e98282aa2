import type { Desk } from '../running/desk';
import { filedItem } from '../running/filedItem';
import type { Request } from '../running/http';
import { STRANGE_ID, forged } from '../running/strangers';

export interface Variation {
	/** No API call can set it up. */
	readonly emulatorOnly?: boolean;
	readonly apply: (good: Request, desk: Desk) => Request | Promise<Request>;
}

const UNKNOWN_CATEGORY: Variation = {
	apply: (good) => ({ ...good, body: { ...(good.body as object), category: 'NONSENSE' } }),
};

const DELETED_VAULT: Variation = {
	emulatorOnly: true,
	apply: (good, { server: { emulator }, vaultId }) => {
		const gone = emulator?.admin.createVault({ name: 'Short-lived' }).id ?? '';
		const token = emulator?.issueToken({ vaults: { [gone]: 'rw' } }) ?? '';
		emulator?.admin.deleteVault(gone);
		return { ...good, token, path: good.path.replace(vaultId, gone) };
	},
};

const LARGE_FILE: Variation = {
	emulatorOnly: true,
	apply: async (good, desk) => {
		const { item, file } = await filedItem(desk);
		const large = item.files?.find(({ size }) => size > 102_400)?.id ?? '';
		return { ...good, path: `${good.path.replace(file.id, large)}?inline_files=true` };
	},
};

/**
 * What makes a request fail with a status, by the name of the example that the file has for it, '' where it has one
 * example for the status or none.
 */
export const VARIATIONS: Readonly<Record<string, Readonly<Record<string, Variation>>>> = {
	'400': { '': UNKNOWN_CATEGORY },
	'401': { '': { apply: (good, { server }) => ({ ...good, token: forged(server.token) }) } },
	'403': { '': { apply: (good, { vaultId }) => ({ ...good, path: good.path.replace(vaultId, STRANGE_ID) }) } },
	'404': {
		'': DELETED_VAULT,
		vaultNotFound: DELETED_VAULT,
		itemNotFound: { apply: (good) => ({ ...good, path: good.path.replace(/(\/items\/)[^/]+/, `$1${STRANGE_ID}`) }) },
		fileNotFound: { apply: (good) => ({ ...good, path: good.path.replace(/(\/files\/)[^/]+/, `$1${STRANGE_ID}`) }) },
	},
	'413': { fileTooLarge: LARGE_FILE },
};
