import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { openConnectRun } from '../services/openConnectRun';
import { toResults } from './toResults';
import { withNodeErrors } from './withNodeErrors';

export async function searchVaults(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	return await withNodeErrors(this, async () => {
		const { reads } = await openConnectRun(this);
		return toResults(await reads.vaults(), filter, paginationToken);
	});
}
