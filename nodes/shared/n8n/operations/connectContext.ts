/** What an operation on Connect gets for one input item. */

import type { IExecuteFunctions } from 'n8n-workflow';

import { findItemId, findVaultId } from '../../connect/lookup/lookup';
import type { ConnectRun } from '../../connect/run/connectRun';
import { NodeParameters } from '../parameters/nodeParameters';
import { itemLocators } from '../properties/locators/itemLocator';
import { vaultLocator } from '../properties/locators/vaultLocator';
import { timeoutMember } from '../properties/options';
import { openConnectRun } from '../services/openConnectRun';
import type { Discloser } from './discloser';
import { openDiscloser } from './openDiscloser';

export interface ConnectContext {
	readonly parameters: NodeParameters;
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
	const timeoutMs = timeoutMember.read(new NodeParameters(node, 0).inside('options'));
	const run = await openConnectRun(node, { expectMany: inputs > 1, timeoutMs });
	const discloserOf = openDiscloser(node);
	const shared = { run, executionId: node.getExecutionId(), timeZone: node.getTimezone() };
	return (itemIndex) => {
		const parameters = new NodeParameters(node, itemIndex);
		return { ...shared, parameters, disclose: discloserOf(parameters) };
	};
}

/**
 * @param locator Default: 'Vault'.
 * @returns the id of the vault that the input item is about.
 */
export async function resolveVault({ parameters, run }: ConnectContext, locator = vaultLocator): Promise<string> {
	return await findVaultId(run, locator.read(parameters));
}

/**
 * @param locators Default: 'Item' and 'Vault'.
 * @returns the ids of the item that the input item is about, and of its vault.
 */
export async function resolveItem({ parameters, run }: ConnectContext, locators = itemLocators): Promise<{ vaultId: string; itemId: string }> {
	const { vault, item } = locators.read(parameters);
	const vaultId = await findVaultId(run, vault);
	return { vaultId, itemId: await findItemId(run, vaultId, item) };
}
