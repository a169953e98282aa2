import { createItem } from '../../shared/connect/writes/guardedCreate';
import { inTurn } from '../../shared/connect/run/connectRun';
import { updateItem, type UpdateOptions, type UpdateResult } from '../../shared/connect/writes/guardedUpdate';
import { findItem, findNewcomer } from '../../shared/connect/lookup/lookup';
import { draftItem, type NewItem } from '../../shared/core/item/itemDraft';
import type { ItemUpdate } from '../../shared/core/item/itemUpdate';
import { foldName } from '../../shared/core/names/nameMatch';
import { OnePasswordError } from '../../shared/core/errors/onePasswordError';
import { resolveVault, type ConnectContext } from '../../shared/n8n/operations/connectContext';
import type { DiscloseItem, Disclosed } from '../../shared/n8n/operations/discloser';
import { shownAs } from '../../shared/n8n/parameters/parameter';
import { category } from '../../shared/n8n/properties/category';
import { newFields } from '../../shared/n8n/properties/fieldRows';
import { dryRunOption, expectedVersionOption, optionsProperty, syncOption } from '../../shared/n8n/properties/options';
import { revealProperties, simplifyProperties } from '../../shared/n8n/properties/output';
import { vaultLocator } from '../../shared/n8n/properties/locators/vaultLocator';
import type { ConnectOperation } from '../connectResource';
import { additionalFields, readNewItem, title } from './create';
import { readUpdateOptions } from './update';

export const upsert: ConnectOperation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update an item',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	writes: true,
	properties: [
		vaultLocator.property,
		shownAs(title, { description: 'Title of the item; an item of this title is updated, else one is created' }).property,
		shownAs(category, { description: 'Kind of item to create. An item that exists keeps its category.' }).property,
		newFields.property,
		additionalFields.property,
		...revealProperties,
		...simplifyProperties,
		optionsProperty(dryRunOption, expectedVersionOption, syncOption),
	],
	async run(context) {
		const disclose = context.disclose.writtenItem();
		const content = readNewItem(context);
		const vaultId = await resolveVault(context);
		// Two inputs of one title must not both find nothing and create.
		return await inTurn(context.run, vaultId, `title ${foldName(content.title)}`, async () => {
			const found =
				(await findItem(context.run, vaultId, { by: 'name', text: content.title })) ?? (await findNewcomer(context.run, vaultId, content.title));
			const options = readUpdateOptions(context);
			if (found === undefined) return await createNew(context, { ...content, vaultId }, options, disclose);
			const { item, ...result } = await updateItem(context.run, vaultId, found.id, toUpdate(content), options);
			return disclose(item, { created: false, ...result });
		});
	},
};

async function createNew(
	context: ConnectContext,
	content: NewItem,
	{ dryRun, expectedVersion, syncTimeoutMs }: UpdateOptions,
	disclose: DiscloseItem,
): Promise<Disclosed> {
	if (expectedVersion !== undefined) {
		throw new OnePasswordError({
			code: 'VERSION_CONFLICT',
			message: `There is no item called "${content.title}", but version ${expectedVersion} of it was expected.`,
			advice: "Check the title, or leave out 'Expected Version' to create the item.",
		});
	}
	const draft = draftItem(content);
	const outcome: Omit<UpdateResult, 'item' | 'confirmed'> = {
		changed: !dryRun,
		changes: (draft.fields ?? []).map(({ label }) => ({ target: 'field', kind: 'added', label })),
		previousVersion: 0,
		concurrentEdit: false,
	};
	if (dryRun) {
		return context.disclose.facts({
			title: content.title,
			category: content.category,
			vaultId: content.vaultId,
			created: false,
			...outcome,
			confirmed: true,
		});
	}
	const { item, confirmed } = await createItem(context.run, draft, syncTimeoutMs);
	return disclose(item, { created: true, ...outcome, confirmed });
}

/** A value is generated once: running the workflow again must not change a secret that is in use. */
function toUpdate({ fields = [], tags, urls, favorite }: Omit<NewItem, 'vaultId'>): ItemUpdate {
	return {
		fields: fields.map((field) => ({ ...field, onlyIfEmpty: field.action === 'generate' })),
		addMissingFields: true,
		addTags: tags,
		addUrls: urls,
		...(favorite && { favorite }),
	};
}
