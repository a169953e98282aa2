import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { findVaultId, isActive } from '../../shared/connect/lookup/lookup';
import { openConnectRun } from '../../shared/n8n/services/openConnectRun';
import { vaultLocator } from '../../shared/n8n/properties/locators/vaultLocator';
import { currentVault } from '../../shared/n8n/listSearch/currentLocators';
import { toResults } from '../../shared/n8n/listSearch/toResults';
import { withNodeErrors } from '../../shared/n8n/listSearch/withNodeErrors';

export async function searchItems(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	return await searchItemsOf(this, vaultLocator, filter, paginationToken);
}

/** @param locator of the vault. */
export async function searchItemsOf(
	context: ILoadOptionsFunctions,
	locator: typeof vaultLocator,
	...[filter, paginationToken]: [filter?: string, paginationToken?: string]
): Promise<INodeListSearchResult> {
	return await withNodeErrors(context, async () => {
		const vault = currentVault(context, locator);
		const run = await openConnectRun(context);
		const rows = await run.reads.items(await findVaultId(run, vault));
		const choices = rows.filter(isActive).map(({ id, title }) => ({ id, name: title || id }));
		return toResults(choices, filter, paginationToken);
	});
}
