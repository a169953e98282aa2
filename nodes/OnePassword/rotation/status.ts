import { readCurrentItem } from '../../shared/connect/run/currentItem';
import { readRotations } from '../../shared/connect/rotation/rotationOverview';
import { describeRotation, needsAction, type RotationStatus, type StatusRules } from '../../shared/core/rotation/rotationStatus';
import { resolveItem, resolveVault, type ConnectContext } from '../../shared/n8n/operations/connectContext';
import { choiceParameter, switchParameter } from '../../shared/n8n/parameters/choices';
import { collectionParameter } from '../../shared/n8n/parameters/collections';
import { numberParameter } from '../../shared/n8n/parameters/numbers';
import { shownAs } from '../../shared/n8n/parameters/parameter';
import { categoryFilter } from '../../shared/n8n/properties/category';
import { itemLocators } from '../../shared/n8n/properties/locators/itemLocator';
import type { ConnectOperation } from '../connectResource';
import { tagFilter } from '../../shared/n8n/properties/itemContent';
import { option, optionsProperty } from '../../shared/n8n/properties/options';
import { DEFAULT_DUE_DAYS } from './rotationOutput';
import { readRotationTag, rotationTag } from './rotationProperties';

const scope = choiceParameter({
	displayName: 'Status Of',
	name: 'scope',
	default: 'item',
	options: [
		{ name: 'One Item', value: 'item' },
		{ name: 'Whole Vault', value: 'vault', description: 'One list, and a read only of the items that have a rotation' },
	],
});

const IN_VAULT = { show: { scope: ['vault'] } };

const onlyNeeded = switchParameter({
	displayName: 'Only If Action Is Needed',
	name: 'onlyIfActionIsNeeded',
	default: true,
	description: 'Whether to leave out items that are neither pending nor due nor past their grace period',
	displayOptions: IN_VAULT,
});

const filters = collectionParameter({
	displayName: 'Filters',
	name: 'filters',
	placeholder: 'Add Filter',
	displayOptions: IN_VAULT,
	members: [
		categoryFilter,
		rotationTag('Tag that Begin gives to items: those without it are not read, and count as items without a rotation. Empty: every item is read.'),
		tagFilter,
	],
});

const dueAfterDays = option(
	numberParameter({
		displayName: 'Due After Days',
		name: 'dueAfterDays',
		minimum: 0,
		default: DEFAULT_DUE_DAYS,
		description: 'Days after which a value is due for rotation: since its last rotation, or else since the item was updated',
	}),
);

export const status: ConnectOperation = {
	value: 'status',
	name: 'Get Status',
	action: 'Get the status of rotations',
	description: 'Tell what is pending, what is due for a new value and what is past its grace period, without any value',
	properties: [
		scope.property,
		itemLocators.vault.property,
		shownAs(itemLocators.item, { displayOptions: { show: { scope: ['item'] } } }).property,
		onlyNeeded.property,
		filters.property,
		optionsProperty(dueAfterDays),
	],
	async run(context) {
		const isVault = scope.read(context.parameters) === 'vault';
		const rules: StatusRules = {
			now: context.run.effects.now(),
			dueAfterDays: dueAfterDays.read(context.parameters),
		};
		if (isVault) return (await describeVault(context, rules)).map((row) => context.disclose.facts(row));
		const { vaultId, itemId } = await resolveItem(context);
		return context.disclose.facts(describeRotation(await readCurrentItem(context.run, vaultId, itemId), rules));
	},
};

async function describeVault(context: ConnectContext, rules: StatusRules): Promise<RotationStatus[]> {
	const { parameters, run } = context;
	const given = filters.read(parameters);
	const isNarrow = onlyNeeded.read(parameters);
	const items = await readRotations(run, await resolveVault(context), {
		rotationTag: readRotationTag(parameters, filters),
		tag: tagFilter.read(given) ?? '',
		category: categoryFilter.read(given) ?? '',
	});
	const all = items.map((item) => describeRotation(item, rules));
	return isNarrow ? all.filter(needsAction) : all;
}
