/** What one run of a node shares: the client, what has been read, and who may write when. */

import type { TokenInfo } from '../../core/server/tokenInfo';
import type { AccessRules } from '../credential/accessRules';
import type { ConnectClient } from '../client/connectClient';
import type { KeyedMutex } from '../../async/keyedMutex';
import type { OwnWrites } from './ownWrites';
import type { RunReads } from './runReads';
import type { Effects } from '../../http/sendWithRetry';
import type { VersionMemory } from './versionMemory';

export interface ConnectRun {
	readonly client: ConnectClient;
	readonly effects: Effects;
	readonly reads: RunReads;
	/** Shared by all runs of the process: Connect answers 409 to two writers of one vault. */
	readonly locks: KeyedMutex;
	/** Shared by all runs in this instance of n8n. */
	readonly memory: VersionMemory;
	/** Shared likewise. */
	readonly ownWrites: OwnWrites;
	/** The workflow that runs; empty where it was never saved. */
	readonly workflowId: string;
	/** Keeps the locks of different servers apart. */
	readonly server: string;
	/** What the credential allows. */
	readonly access: AccessRules;
	/** What the access token says of itself. */
	readonly tokenInfo: TokenInfo;
	/** Whether many names will be looked up: then a vault is listed once instead of filtered for each name. */
	readonly expectMany: boolean;
}

/** What it takes to read, without n8n: a client, the reads made with it, and the clock. */
export type ReadingRun = Pick<ConnectRun, 'client' | 'effects' | 'reads' | 'expectMany'>;

/** Sends a write while no other run of this process writes to the same vault. */
export async function exclusively<T>({ locks, server }: ConnectRun, vaultId: string, write: () => Promise<T>): Promise<T> {
	return await locks.run(`vault ${server} ${vaultId}`, write);
}

/** Keeps a read and the write that depends on it together. */
export async function inTurn<T>({ locks, server }: ConnectRun, vaultId: string, subject: string, task: () => Promise<T>): Promise<T> {
	return await locks.run(`item ${server} ${vaultId} ${subject}`, task);
}
