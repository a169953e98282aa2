import { resolveItem } from '../../shared/n8n/operations/connectContext';
import { itemProperties } from '../../shared/n8n/properties/locators/itemLocator';
import { optionsProperty } from '../../shared/n8n/properties/options';
import { pagingProperties, readLimit } from '../../shared/n8n/properties/paging';
import type { ConnectOperation } from '../connectResource';

export const getMany: ConnectOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many files',
	description: 'List the files of an item, without their contents',
	properties: [...itemProperties, ...pagingProperties, optionsProperty()],
	async run(context) {
		const limit = readLimit(context.parameters);
		const { vaultId, itemId } = await resolveItem(context);
		const files = await context.run.reads.files(vaultId, itemId);
		return files.slice(0, limit).map(({ content: _content, ...file }) => context.disclose.facts({ ...file, vaultId, itemId }));
	},
};
