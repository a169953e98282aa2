import type { ILoadOptionsFunctions, INodeParameterResourceLocator } from 'n8n-workflow';

import { invalidInput } from '../../core/errors/onePasswordError';
import { ITEM_LOCATORS, readItemSelector, readVaultSelector, type ItemSelector } from '../parameters/locators';
import type { Selector } from '../../connect/lookup/lookup';

/**
 * @param locator parameter that names the vault. Default: 'Vault'.
 * @throws OnePasswordError INVALID_INPUT where no vault is chosen yet.
 */
export function currentVault(context: ILoadOptionsFunctions, locator = ITEM_LOCATORS.vault): Selector {
	return readVaultSelector(chosen(context, 'a vault'), locator);
}

/** @throws OnePasswordError INVALID_INPUT where no vault or no item is chosen yet. */
export function currentItem(context: ILoadOptionsFunctions): ItemSelector {
	return readItemSelector(chosen(context, 'a vault and an item'));
}

function chosen(context: ILoadOptionsFunctions, what: string): Parameters<typeof readItemSelector>[0] {
	return {
		locator(name) {
			const locator = context.getCurrentNodeParameter(name) as INodeParameterResourceLocator | undefined;
			if (locator?.value) return locator;
			throw invalidInput(`The list needs ${what} to start from.`, `Choose ${what} first.`);
		},
	};
}
