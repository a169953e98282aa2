import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { otherItemLocators } from '../../shared/n8n/properties/locators/itemLocator';
import { searchItemsOf } from './searchItems';

/** Items of the second vault of a comparison. */
export async function searchOtherItems(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	return await searchItemsOf(this, otherItemLocators.vault, filter, paginationToken);
}
