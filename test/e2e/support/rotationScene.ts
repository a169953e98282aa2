import { exampleSeed, startConnectEmulator, type ConnectEmulator, type EmulatorOptions } from '../../emulators/connect';
import { startKeyIssuer, type KeyIssuer } from './keyIssuer';

const VAULT = 'Production';
const ITEM = 'Payments API';

/** The actual values of the rotated item in 1Password. */
export interface StoredKey {
	version: number;
	key: string;
	keyId: string;
	/** The rotation's own fields; empty if there was none. */
	state: string;
	previous: string;
	pending: string;
}

/** A Connect server with the item to rotate, and the service whose key that item contains. */
export interface RotationScene {
	readonly connect: ConnectEmulator;
	readonly issuer: KeyIssuer;
	readonly vault: string;
	readonly item: string;
	stored(): StoredKey;
	close(): Promise<void>;
}

export interface RotationSceneOptions extends Pick<EmulatorOptions, 'onAnswer'> {
	/** Of the Connect server. Default any free one. */
	connectPort?: number;
}

export async function startRotationScene({ connectPort = 0, ...rest }: RotationSceneOptions = {}): Promise<RotationScene> {
	const connect = await startConnectEmulator({
		seed: exampleSeed(),
		port: connectPort,
		...rest,
	});
	const issuer = await startKeyIssuer();
	const stored = () => readStoredKey(connect);
	const { key, keyId } = stored();
	issuer.adopt({ key, keyId, name: ITEM });
	return {
		connect,
		issuer,
		vault: VAULT,
		item: ITEM,
		stored,
		async close() {
			await Promise.all([connect.close(), issuer.close()]);
		},
	};
}

function readStoredKey(connect: ConnectEmulator): StoredKey {
	const item = connect.admin.items(VAULT).find(({ title }) => title === ITEM);
	if (!item) throw new Error(`The emulator's seed has no item "${ITEM}"`);
	const valueOf = (label: string) => item.fields?.find((field) => field.label === label)?.value ?? '';
	return {
		version: item.version ?? 0,
		key: valueOf('credential'),
		keyId: valueOf('key id'),
		state: valueOf('rotation state'),
		previous: valueOf('previous value'),
		pending: valueOf('pending value'),
	};
}
