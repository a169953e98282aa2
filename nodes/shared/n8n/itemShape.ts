/** The form in which an item leaves a node: concealed as the user asked, simplified or as it travels. */

import { concealItem, type Reveal } from '../core/concealment';
import { FIELD_KEYS } from '../core/fieldKeys';
import { simplifyItem } from '../core/itemView';
import type { FullItem } from '../core/wire';
import { oneOf } from './itemParameters';
import type { Parameters } from './parameters';

export type ItemShape = (item: FullItem) => object;

export function makeItemShape(parameters: Parameters, reveal: Reveal): ItemShape {
	const simplify = parameters.flag('simplify', 'Simplify');
	const keys = oneOf(parameters.value('fieldKeys') ?? 'label', FIELD_KEYS, 'Field Keys');
	return (item) => {
		const shown = concealItem(item, reveal);
		// Outputs share nothing with what the run keeps: a later node may change one of them.
		return simplify ? simplifyItem(shown, keys) : structuredClone(shown);
	};
}
