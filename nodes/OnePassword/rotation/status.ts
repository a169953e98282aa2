import type { INodeProperties } from 'n8n-workflow';

import { readCurrentItem } from '../../shared/connect/run/currentItem';
import { readRotations } from '../../shared/connect/rotation/rotationOverview';
import { describeRotation, needsAction, type RotationStatus, type StatusRules } from '../../shared/core/rotation/rotationStatus';
import { resolveItem, resolveVault, type ConnectContext } from '../../shared/n8n/operations/connectContext';
import { readFilter } from '../../shared/n8n/parameters/filterParameters';
import { oneOf } from '../../shared/n8n/parameters/itemParameters';
import { readNumber, toFlag } from '../../shared/n8n/parameters/parameters';
import { categoryOptions } from '../../shared/n8n/properties/category';
import { itemLocators } from '../../shared/n8n/properties/locators/itemLocator';
import { optionsProperty } from '../../shared/n8n/properties/options';
import type { ConnectOperation } from '../connectResource';
import { DEFAULT_DUE_DAYS, readRotationTag } from './rotationOutput';
import { rotationTagOption } from './rotationProperties';

const scopeProperty: INodeProperties = {
	displayName: 'Status Of',
	name: 'scope',
	type: 'options',
	default: 'item',
	options: [
		{ name: 'One Item', value: 'item' },
		{ name: 'Whole Vault', value: 'vault', description: 'One list, and a read only of the items that have a rotation' },
	],
};

const IN_VAULT = { show: { scope: ['vault'] } };

const onlyNeededProperty: INodeProperties = {
	displayName: 'Only If Action Is Needed',
	name: 'onlyIfActionIsNeeded',
	type: 'boolean',
	default: true,
	description: 'Whether to leave out items that are neither pending nor due nor past their grace period',
	displayOptions: IN_VAULT,
};

const filtersProperty: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	displayOptions: IN_VAULT,
	options: [
		{
			displayName: 'Category',
			name: 'category',
			type: 'options',
			default: 'LOGIN',
			options: categoryOptions(),
			description: 'Only items of this category',
		},
		rotationTagOption(
			'Tag that Begin gives to items: those without it are not read, and count as items without a rotation. Empty: every item is read.',
		),
		{
			displayName: 'Tag',
			name: 'tag',
			type: 'string',
			default: '',
			placeholder: 'e.g. production',
			description: 'Only items that have exactly this tag',
		},
	],
};

export const status: ConnectOperation = {
	value: 'status',
	name: 'Get Status',
	action: 'Get the status of rotations',
	description: 'Tell what is pending, what is due for a new value and what is past its grace period, without any value',
	properties: [
		scopeProperty,
		...itemLocators.map((locator) => (locator.name === 'item' ? { ...locator, displayOptions: { show: { scope: ['item'] } } } : locator)),
		onlyNeededProperty,
		filtersProperty,
		optionsProperty({
			displayName: 'Due After Days',
			name: 'dueAfterDays',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: DEFAULT_DUE_DAYS,
			description: 'Days after which a value is due for rotation: since its last rotation, or else since the item was updated',
		}),
	],
	async run(context) {
		const scope = oneOf(context.parameters.value('scope') ?? 'item', ['item', 'vault'], 'Status Of');
		const rules: StatusRules = {
			now: context.run.effects.now(),
			dueAfterDays: readNumber(context.parameters.collection('options'), 'dueAfterDays', 'Due After Days', 0) ?? DEFAULT_DUE_DAYS,
		};
		if (scope === 'vault') return (await describeVault(context, rules)).map((row) => context.disclose.facts(row));
		const { vaultId, itemId } = await resolveItem(context);
		return context.disclose.facts(describeRotation(await readCurrentItem(context.run, vaultId, itemId), rules));
	},
};

async function describeVault(context: ConnectContext, rules: StatusRules): Promise<RotationStatus[]> {
	const { parameters, run } = context;
	const filters = parameters.collection('filters');
	const onlyNeeded = toFlag(parameters.value('onlyIfActionIsNeeded') ?? true, 'Only If Action Is Needed');
	const items = await readRotations(run, await resolveVault(context), {
		rotationTag: readRotationTag(parameters, 'filters'),
		tag: readFilter(filters, 'tag', 'Tag'),
		category: readFilter(filters, 'category', 'Category'),
	});
	const all = items.map((item) => describeRotation(item, rules));
	return onlyNeeded ? all.filter(needsAction) : all;
}
