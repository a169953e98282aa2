import type { Selector } from '../../shared/connect/lookup/lookup';
import { matchByName, only, type Match } from '../../shared/core/names/nameMatch';
import { OnePasswordError } from '../../shared/core/errors/onePasswordError';
import type { ItemFile } from '../../shared/core/wire';
import { resolveItem } from '../../shared/n8n/operations/connectContext';
import { requiredText } from '../../shared/n8n/parameters/texts';
import { fileLocator } from '../../shared/n8n/properties/locators/fileLocator';
import { itemProperties } from '../../shared/n8n/properties/locators/itemLocator';
import { optionsProperty } from '../../shared/n8n/properties/options';
import type { ConnectOperation } from '../connectResource';

const outputField = requiredText({
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	required: true,
	default: 'data',
	hint: 'The name of the output binary field to put the file in',
});

export const download: ConnectOperation = {
	value: 'download',
	name: 'Download',
	action: 'Download a file',
	description: 'Read the contents of a file of an item',
	properties: [...itemProperties, fileLocator.property, outputField.property, optionsProperty()],
	async run(context) {
		const { parameters, run } = context;
		const disclose = context.disclose.bytes();
		const property = outputField.read(parameters);
		const wanted = fileLocator.read(parameters);
		const { vaultId, itemId } = await resolveItem(context);
		const file = findFile(await run.reads.files(vaultId, itemId), wanted);
		const bytes = await run.client.fileContent(vaultId, itemId, file.id, file.size);
		const { id, name, size } = file;
		return disclose({ id, name, size, vaultId, itemId }, { property, name, bytes });
	},
};

/** @throws OnePasswordError ITEM_NOT_FOUND naming the files there are, or AMBIGUOUS with the candidates. */
function findFile(files: readonly ItemFile[], { by, text }: Selector): ItemFile {
	const match: Match<ItemFile> = by === 'name' ? matchByName(files, text, (file) => file.name) : only(files.filter(({ id }) => id === text));
	if (match.kind === 'one') return match.found;
	const list = (match.kind === 'many' ? match.found : files).map(({ id, name }) => `"${name}" (${id})`);
	if (match.kind === 'many') {
		throw new OnePasswordError({
			code: 'AMBIGUOUS',
			message: `${match.found.length} files of the item are called "${text}".`,
			advice: `Use the ID of the one you mean: ${list.join(', ')}.`,
			candidates: match.found.map(({ id }) => ({ id })),
		});
	}
	throw new OnePasswordError({
		code: 'ITEM_NOT_FOUND',
		message: `The item has no file "${text}".`,
		advice: list.length > 0 ? `Its files are: ${list.join(', ')}.` : 'It has no files at all.',
		route: 'GET /v1/vaults/{vaultId}/items/{itemId}/files',
	});
}
