import type { ConnectEmulator, Seed, SeedItem } from '../../emulators/connect';
import { itemOfEveryCategory, startConnectEmulator } from '../../emulators/connect';

export const EMULATED_VAULT = 'Conformance';

/** Two vaults with the same name, which the API can't create. */
export const TWIN_VAULT = 'Twin';

/** Larger than a server sends inline. */
const LARGE_FILE_BYTES = 150_000;

const ONE_DAY_MS = 86_400_000;

/** The suite's default server: two lagging copies, a slow first synchronisation, old version numbers in answers. */
export async function startEmulatedServer(): Promise<ConnectEmulator> {
	return await startConnectEmulator({
		seed: seed(),
		behaviour: {
			replicas: [{ readLagMs: 40 }, { readLagMs: 120 }],
			syncOnFirstRequest: 2,
			fileContentReadyMs: 50,
		},
	});
}

function seed(): Seed {
	const filed: SeedItem = {
		title: 'Certificate',
		category: 'DOCUMENT',
		files: [
			{ name: 'certificate.pem', content: 'Grüße 🔑\n', section: { id: 'add more' } },
			{ name: 'large.bin', content: new Uint8Array(LARGE_FILE_BYTES).fill(7) },
		],
	};
	return {
		vaults: [
			{ name: EMULATED_VAULT, items: [filed, ...crashedRuns(), ...itemOfEveryCategory().map(onlyKnownMembers)] },
			{ name: TWIN_VAULT, description: 'One of two' },
			{ name: TWIN_VAULT },
		],
	};
}

/** Items left behind by two earlier runs: one old, one possibly still running. */
export const LEFT_BEHIND = {
	old: 'conformance-suite 20200101T000000-abcdef of a crashed run',
	recent: 'conformance-suite 20200101T000001-abcdef of a run that goes on',
} as const;

function crashedRuns(): SeedItem[] {
	const ago = (ms: number) => new Date(Date.now() - ms).toISOString();
	return [
		{ title: LEFT_BEHIND.old, createdAt: ago(2 * ONE_DAY_MS) },
		{ title: LEFT_BEHIND.recent, createdAt: ago(ONE_DAY_MS / 24) },
	];
}

/** Without anything undocumented, which the OpenAPI file would rightly reject. */
function onlyKnownMembers(item: SeedItem): SeedItem {
	const fields = (item.fields ?? []).filter(({ type }) => type !== 'PASSKEY').map(({ sshKeyAttributes: _attributes, ...field }) => field);
	return { ...item, fields };
}
