/** The form in which an item leaves a node: concealed as the user asked, simplified or as it travels. */

import { concealItem, showsSecret, type Reveal } from '../../core/disclosure/concealment';
import { simplifyItem } from '../../core/item/itemView';
import type { FullItem } from '../../core/wire';
import type { ParameterValues } from '../parameters/parameter';
import { fieldKeys, simplify } from '../properties/output';

export type ItemShape = (item: FullItem) => object;

/** @param onReveal called for each item that shows a secret value in plain text. Default: nobody wants to know. */
export function makeItemShape(parameters: ParameterValues, reveal: Reveal, onReveal?: () => void): ItemShape {
	const isSimple = simplify.read(parameters);
	const keys = fieldKeys.read(parameters);
	return (item) => {
		const shown = concealItem(item, reveal);
		if (reveal !== 'none' && showsSecret(shown)) onReveal?.();
		// Outputs share nothing with what the run keeps: a later node may change one of them.
		return isSimple ? simplifyItem(shown, keys) : structuredClone(shown);
	};
}
