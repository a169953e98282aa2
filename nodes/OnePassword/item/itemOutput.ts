/** The output item of an operation that reads or writes a 1Password item. */

import { concealItem } from '../../shared/core/concealment';
import { simplifyItem } from '../../shared/core/itemView';
import type { FullItem } from '../../shared/core/wire';
import type { UpdateResult } from '../../shared/connect/guardedUpdate';
import type { ConnectContext } from '../../shared/n8n/connectContext';
import { readReveal } from '../../shared/n8n/itemParameters';

/**
 * Reads `reveal` and `simplify` before anything is sent, so that a refusal comes before a write.
 * @returns the function that shapes the item.
 */
export function readItemShape({ parameters, isTool }: ConnectContext): (item: FullItem) => object {
	const reveal = readReveal(parameters, isTool);
	const simplify = parameters.flag('simplify');
	return (item) => {
		const shown = concealItem(item, reveal);
		return simplify ? simplifyItem(shown) : shown;
	};
}

/** @returns what a write did, without values. */
export function describeUpdate({ item: _item, ...result }: UpdateResult): object {
	return result;
}
