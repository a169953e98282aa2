import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { findVaultId, isActive } from '../../shared/connect/lookup/lookup';
import { ITEM_LOCATORS } from '../../shared/n8n/parameters/locators';
import { openConnectRun } from '../../shared/n8n/services/openConnectRun';
import { currentVault } from '../../shared/n8n/listSearch/currentLocators';
import { toResults } from '../../shared/n8n/listSearch/toResults';
import { withNodeErrors } from '../../shared/n8n/listSearch/withNodeErrors';

export async function searchItems(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	return await searchItemsOf(this, ITEM_LOCATORS.vault, filter, paginationToken);
}

/** @param vaultLocator parameter that names the vault. */
export async function searchItemsOf(
	context: ILoadOptionsFunctions,
	vaultLocator: typeof ITEM_LOCATORS.vault,
	...[filter, paginationToken]: [filter?: string, paginationToken?: string]
): Promise<INodeListSearchResult> {
	return await withNodeErrors(context, async () => {
		const vault = currentVault(context, vaultLocator);
		const run = await openConnectRun(context);
		const rows = await run.reads.items(await findVaultId(run, vault));
		const choices = rows.filter(isActive).map(({ id, title }) => ({ id, name: title || id }));
		return toResults(choices, filter, paginationToken);
	});
}
