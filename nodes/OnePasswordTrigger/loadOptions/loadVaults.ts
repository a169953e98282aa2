import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { withNodeErrors } from '../../shared/n8n/listSearch/withNodeErrors';
import { openConnectRun } from '../../shared/n8n/services/openConnectRun';
import { toOptions } from './toOptions';

export async function loadVaults(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await withNodeErrors(this, async () => {
		const { reads } = await openConnectRun(this);
		return toOptions(await reads.vaults());
	});
}
