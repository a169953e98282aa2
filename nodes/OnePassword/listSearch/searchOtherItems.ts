import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { OTHER_LOCATORS } from '../../shared/n8n/parameters/locators';
import { searchItemsOf } from './searchItems';

/** Items of the second vault of a comparison. */
export async function searchOtherItems(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	return await searchItemsOf(this, OTHER_LOCATORS.vault, filter, paginationToken);
}
