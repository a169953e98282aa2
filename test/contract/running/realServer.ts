/** A Connect server set by environment variables. Its items belong to people, except for those created by this suite. */
export interface RealServer {
	/** Without a slash at its end. */
	readonly url: string;
	readonly token: string;
	/** Name or id of the vault to work in. */
	readonly vault: string;
}

/** @throws Error when only some of the three variables are set: the suite must not fall back to the emulator unnoticed. */
export function realServerFrom(environment: Readonly<Record<string, string | undefined>>): RealServer | undefined {
	const { OP_CONNECT_HOST: host, OP_CONNECT_TOKEN: token, OP_CONNECT_VAULT: vault } = environment;
	if (!host && !token && !vault) return undefined;
	if (!host || !token || !vault) {
		throw new Error('Set all of OP_CONNECT_HOST, OP_CONNECT_TOKEN and OP_CONNECT_VAULT, or none of them');
	}
	return { url: host.replace(/\/+$/, ''), token, vault };
}

export const REAL_SERVER = realServerFrom(process.env);
