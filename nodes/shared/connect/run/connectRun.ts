/** What a run of a node shares: the client, the reads, and the order of writes. */

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
	/** Shared by all runs of the process, because Connect answers 409 if two writers use one vault. */
	readonly locks: KeyedMutex;
	/** Shared by all runs in this instance of n8n. */
	readonly memory: VersionMemory;
	/** Shared in the same way. */
	readonly ownWrites: OwnWrites;
	/** The running workflow; empty if it was never saved. */
	readonly workflowId: string;
	/** Separates the locks of different servers. */
	readonly server: string;
	/** What the credential allows. */
	readonly access: AccessRules;
	/** What the access token says about itself. */
	readonly tokenInfo: TokenInfo;
	/** Whether many names will be looked up. A vault is then listed once instead of filtered per name. */
	readonly expectMany: boolean;
}

/** Everything needed for reading, without n8n: a client, its reads, and the clock. */
export type ReadingRun = Pick<ConnectRun, 'client' | 'effects' | 'reads' | 'expectMany'>;

/** Sends a write when no other run of this process is writing to the same vault. */
export async function exclusively<T>({ locks, server }: ConnectRun, vaultId: string, write: () => Promise<T>): Promise<T> {
	return await locks.run(`vault ${server} ${vaultId}`, write);
}

/** Runs a read and the write that depends on it without interruption. */
export async function inTurn<T>({ locks, server }: ConnectRun, vaultId: string, subject: string, task: () => Promise<T>): Promise<T> {
	return await locks.run(`item ${server} ${vaultId} ${subject}`, task);
}
