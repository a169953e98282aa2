import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { findItemId, findVaultId } from '../../shared/connect/lookup/lookup';
import { openConnectRun } from '../../shared/n8n/services/openConnectRun';
import { currentItem } from '../../shared/n8n/listSearch/currentLocators';
import { toResults } from '../../shared/n8n/listSearch/toResults';
import { withNodeErrors } from '../../shared/n8n/listSearch/withNodeErrors';

export async function searchFiles(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	return await withNodeErrors(this, async () => {
		const { vault, item } = currentItem(this);
		const run = await openConnectRun(this);
		const vaultId = await findVaultId(run, vault);
		const files = await run.reads.files(vaultId, await findItemId(run, vaultId, item));
		return toResults(files, filter, paginationToken);
	});
}
