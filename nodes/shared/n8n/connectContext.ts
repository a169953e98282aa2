/** What an operation on Connect gets for one input item. */

import type { IExecuteFunctions } from 'n8n-workflow';

import { readConnectCredential } from '../connect/authenticate';
import { findItemId, findVaultId } from '../connect/lookup';
import type { ConnectRun } from '../connect/connectRun';
import { tokenFactsOf, type TokenFacts } from '../core/tokenFacts';
import { CONNECT_CREDENTIAL } from './connectTransport';
import { readItemSelector, readVaultSelector } from './locators';
import { openConnectRun } from './openConnectRun';
import { Parameters, toWholeNumber } from './parameters';
import { makeRevealHint } from './revealHint';
import { isToolCall } from './toolCall';

export interface ConnectContext {
	readonly parameters: Parameters;
	readonly run: ConnectRun;
	/** What the access token says of itself. */
	readonly token: TokenFacts;
	/** Whether an AI agent calls the node as its tool. */
	readonly isTool: boolean;
	/** The same in every attempt of n8n to run the node again within an execution. */
	readonly executionId?: string;
	/** To be called for an output that holds a secret value in plain text. */
	readonly onReveal: () => void;
}

/** Opens one run for all input items. */
export async function openConnectContext(
	node: IExecuteFunctions,
	inputs: number,
): Promise<(itemIndex: number) => ConnectContext> {
	// The editor takes no expression for it, so it is the same for every input.
	const timeout = new Parameters(node, 0).value('options.timeout');
	const run = await openConnectRun(node, { expectMany: inputs > 1, timeoutMs: toWholeNumber(timeout, 'Timeout', 1) });
	const token = tokenFactsOf(readConnectCredential(await node.getCredentials(CONNECT_CREDENTIAL)).token);
	const isTool = isToolCall(node);
	const onReveal = makeRevealHint(node);
	const executionId = node.getExecutionId();
	return (itemIndex) => ({ parameters: new Parameters(node, itemIndex), run, token, isTool, executionId, onReveal });
}

/** @returns the id of the vault that the input item is about. */
export async function resolveVault({ parameters, run }: ConnectContext): Promise<string> {
	return await findVaultId(run, readVaultSelector(parameters));
}

/** @returns the ids of the item that the input item is about, and of its vault. */
export async function resolveItem({
	parameters,
	run,
}: ConnectContext): Promise<{ vaultId: string; itemId: string }> {
	const { vault, item } = readItemSelector(parameters);
	const vaultId = await findVaultId(run, vault);
	return { vaultId, itemId: await findItemId(run, vaultId, item) };
}

/** @returns milliseconds to wait until a read shows a write. */
export function readSyncTimeout({ parameters }: ConnectContext): number | undefined {
	const seconds = toWholeNumber(parameters.collection('options').waitForSync, 'Wait for Sync', 0);
	return seconds === undefined ? undefined : seconds * 1000;
}
