/** What an operation on Connect gets for one input item. */

import type { IExecuteFunctions } from 'n8n-workflow';

import { findItemId, findVaultId } from '../../connect/lookup/lookup';
import type { ConnectRun } from '../../connect/run/connectRun';
import { ITEM_LOCATORS, readItemSelector, readVaultSelector } from '../parameters/locators';
import { openConnectRun } from '../services/openConnectRun';
import { Parameters, toWholeNumber } from '../parameters/parameters';
import type { Discloser } from './discloser';
import { openDiscloser } from './openDiscloser';

export interface ConnectContext {
	readonly parameters: Parameters;
	readonly run: ConnectRun;
	/** Makes what the operation returns. */
	readonly disclose: Discloser;
	/** The same in every attempt of n8n to run the node again within an execution. */
	readonly executionId?: string;
	/** Of the workflow; for times that are entered without one. */
	readonly timeZone: string;
}

/** Opens one run for all input items. */
export async function openConnectContext(node: IExecuteFunctions, inputs: number): Promise<(itemIndex: number) => ConnectContext> {
	// The editor takes no expression for it, so it is the same for every input.
	const timeout = new Parameters(node, 0).value('options.timeout');
	const run = await openConnectRun(node, { expectMany: inputs > 1, timeoutMs: toWholeNumber(timeout, 'Timeout', 1) });
	const discloserOf = openDiscloser(node);
	const shared = { run, executionId: node.getExecutionId(), timeZone: node.getTimezone() };
	return (itemIndex) => {
		const parameters = new Parameters(node, itemIndex);
		return { ...shared, parameters, disclose: discloserOf(parameters) };
	};
}

/**
 * @param locator parameter that names the vault. Default: 'Vault'.
 * @returns the id of the vault that the input item is about.
 */
export async function resolveVault({ parameters, run }: ConnectContext, locator = ITEM_LOCATORS.vault): Promise<string> {
	return await findVaultId(run, readVaultSelector(parameters, locator));
}

/**
 * @param locators parameters that name the item and its vault. Default: 'Item' and 'Vault'.
 * @returns the ids of the item that the input item is about, and of its vault.
 */
export async function resolveItem({ parameters, run }: ConnectContext, locators = ITEM_LOCATORS): Promise<{ vaultId: string; itemId: string }> {
	const { vault, item } = readItemSelector(parameters, locators);
	const vaultId = await findVaultId(run, vault);
	return { vaultId, itemId: await findItemId(run, vaultId, item) };
}

/** @returns milliseconds to wait until a read shows a write. */
export function readSyncTimeout({ parameters }: ConnectContext): number | undefined {
	const seconds = toWholeNumber(parameters.collection('options').waitForSync, 'Wait for Sync', 0);
	return seconds === undefined ? undefined : seconds * 1000;
}
