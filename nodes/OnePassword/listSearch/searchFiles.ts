import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { findItemId, findVaultId } from '../../shared/connect/lookup';
import { openConnectRun } from '../../shared/n8n/openConnectRun';
import { currentItem } from './currentLocators';
import { toResults } from './toResults';
import { withNodeErrors } from './withNodeErrors';

export async function searchFiles(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await withNodeErrors(this, async () => {
		const { vault, item } = currentItem(this);
		const run = await openConnectRun(this);
		const vaultId = await findVaultId(run, vault);
		const files = await run.reads.files(vaultId, await findItemId(run, vaultId, item));
		return toResults(files, filter, paginationToken);
	});
}
