import type { ILoadOptionsFunctions, INodeParameterResourceLocator } from 'n8n-workflow';

import type { Selector } from '../../connect/lookup/lookup';
import { invalidInput } from '../../core/errors/onePasswordError';
import type { ParameterValues } from '../parameters/parameter';
import { itemLocators, type ItemSelector } from '../properties/locators/itemLocator';
import { vaultLocator } from '../properties/locators/vaultLocator';

/** @throws OnePasswordError INVALID_INPUT where no vault is chosen yet. */
export function currentVault(context: ILoadOptionsFunctions, locator = vaultLocator): Selector {
	return locator.read(chosen(context, 'a vault'));
}

/** @throws OnePasswordError INVALID_INPUT where no vault or no item is chosen yet. */
export function currentItem(context: ILoadOptionsFunctions): ItemSelector {
	return itemLocators.read(chosen(context, 'a vault and an item'));
}

function chosen(context: ILoadOptionsFunctions, what: string): ParameterValues {
	return {
		value(name) {
			const locator = context.getCurrentNodeParameter(name) as INodeParameterResourceLocator | undefined;
			if (locator?.value) return locator;
			throw invalidInput(`The list needs ${what} to start from.`, `Choose ${what} first.`);
		},
		isGiven: () => true,
	};
}
