/** The form in which an item leaves a node: concealed as the user asked, simplified or as it travels. */

import { concealItem, showsSecret, type Reveal } from '../../core/disclosure/concealment';
import { FIELD_KEYS } from '../../core/fields/fieldKeys';
import { simplifyItem } from '../../core/item/itemView';
import type { FullItem } from '../../core/wire';
import { oneOf } from '../parameters/itemParameters';
import type { Parameters } from '../parameters/parameters';

export type ItemShape = (item: FullItem) => object;

/** @param onReveal called for each item that shows a secret value in plain text. Default: nobody wants to know. */
export function makeItemShape(parameters: Parameters, reveal: Reveal, onReveal?: () => void): ItemShape {
	const simplify = parameters.flag('simplify', 'Simplify');
	const keys = oneOf(parameters.value('fieldKeys') ?? 'label', FIELD_KEYS, 'Field Keys');
	return (item) => {
		const shown = concealItem(item, reveal);
		if (reveal !== 'none' && showsSecret(shown)) onReveal?.();
		// Outputs share nothing with what the run keeps: a later node may change one of them.
		return simplify ? simplifyItem(shown, keys) : structuredClone(shown);
	};
}
