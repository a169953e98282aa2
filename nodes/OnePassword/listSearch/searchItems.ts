import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { findVaultId, isActive } from '../../shared/connect/lookup';
import { openConnectRun } from '../../shared/n8n/openConnectRun';
import { currentVault } from '../../shared/n8n/listSearch/currentLocators';
import { toResults } from '../../shared/n8n/listSearch/toResults';
import { withNodeErrors } from '../../shared/n8n/listSearch/withNodeErrors';

export async function searchItems(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await withNodeErrors(this, async () => {
		const vault = currentVault(this);
		const run = await openConnectRun(this);
		const rows = await run.reads.items(await findVaultId(run, vault));
		const choices = rows.filter(isActive).map(({ id, title }) => ({ id, name: title || id }));
		return toResults(choices, filter, paginationToken);
	});
}
