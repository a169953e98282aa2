/** Opens a run against the Connect server of a node's credential. */

import { guardTransport, readConnectCredential } from '../../connect/credential/authenticate';
import { ConnectClient } from '../../connect/client/connectClient';
import type { ConnectRun } from '../../connect/run/connectRun';
import { RunReads } from '../../connect/run/runReads';
import { readTokenInfo } from '../../core/server/tokenInfo';
import { EFFECTS } from '../process/effects';
import { OWN_WRITES, WRITE_LOCKS, WRITTEN_VERSIONS } from '../process/processState';
import { makeAuthenticatedTransport, type NodeContext } from './authenticatedTransport';
import { CONNECT_CREDENTIAL } from './credentialNames';
import { DEFAULT_TIMEOUT_MS } from './httpTransport';
import { formatUserAgent } from './userAgent';

/** A timer of Node.js that is set for longer goes off at once. */
const MAX_TIMEOUT_MS = 24 * 3600 * 1000;

export interface RunOptions {
	/** Whether many names will be looked up in this run. Default false. */
	readonly expectMany?: boolean;
	/** Milliseconds, a day at most; default 30,000. */
	readonly timeoutMs?: number;
	/** Id of a trigger that has a state. */
	readonly triggerId?: string;
}

/** @throws OnePasswordError INVALID_INPUT if the credential has no usable server URL or token. */
export async function openConnectRun(
	context: NodeContext,
	{ expectMany = false, timeoutMs = DEFAULT_TIMEOUT_MS, triggerId }: RunOptions = {},
): Promise<ConnectRun> {
	const credential = readConnectCredential(await context.getCredentials(CONNECT_CREDENTIAL));
	const { server, access } = credential;
	const userAgent = formatUserAgent({
		workflowId: context.getWorkflow().id,
		executionId: 'getExecutionId' in context ? context.getExecutionId() : undefined,
		nodeName: context.getNode().name,
		...(triggerId !== undefined && { triggerId }),
	});
	const transport = makeAuthenticatedTransport(context, CONNECT_CREDENTIAL, {
		serverUrl: server,
		userAgent,
		timeoutMs: Math.min(timeoutMs, MAX_TIMEOUT_MS),
	});
	const client = new ConnectClient(guardTransport(transport, credential), EFFECTS);
	return {
		client,
		effects: EFFECTS,
		reads: new RunReads(client),
		locks: WRITE_LOCKS,
		memory: WRITTEN_VERSIONS,
		ownWrites: OWN_WRITES,
		workflowId: context.getWorkflow().id ?? '',
		server,
		access,
		tokenInfo: readTokenInfo(credential.token),
		expectMany,
	};
}
