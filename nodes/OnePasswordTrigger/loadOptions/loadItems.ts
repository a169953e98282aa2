import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { findVaultId, isActive } from '../../shared/connect/lookup/lookup';
import { currentVault } from '../../shared/n8n/listSearch/currentLocators';
import { withNodeErrors } from '../../shared/n8n/listSearch/withNodeErrors';
import { openConnectRun } from '../../shared/n8n/services/openConnectRun';
import { toOptions } from './toOptions';

export async function loadItems(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await withNodeErrors(this, async () => {
		const vault = currentVault(this);
		const run = await openConnectRun(this);
		const rows = await run.reads.items(await findVaultId(run, vault));
		return toOptions(rows.filter(isActive).map(({ id, title }) => ({ id, name: title || id })));
	});
}
