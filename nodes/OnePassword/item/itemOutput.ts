/** The output item of an operation that reads or writes a 1Password item. */

import { concealItem, type Reveal } from '../../shared/core/concealment';
import { simplifyItem } from '../../shared/core/itemView';
import type { FullItem } from '../../shared/core/wire';
import type { UpdateResult } from '../../shared/connect/guardedUpdate';
import type { ConnectContext } from '../../shared/n8n/connectContext';
import { readReveal } from '../../shared/n8n/itemParameters';

/** @returns the function that shapes an item that was read. */
export function readItemShape(context: ConnectContext): ItemShape {
	return makeShape(context, readReveal(context.parameters, context.isTool));
}

/**
 * To be called before anything is sent, so that a refusal comes before the write. After it nothing may fail any more: the
 * item is written, so a field to reveal that it does not have is passed over.
 * @returns the function that shapes an item that was written.
 */
export function readWrittenItemShape(context: ConnectContext): ItemShape {
	const reveal = readReveal(context.parameters, context.isTool);
	return makeShape(context, typeof reveal === 'string' ? reveal : { ...reveal, lenient: true });
}

export type ItemShape = (item: FullItem) => object;

function makeShape({ parameters }: ConnectContext, reveal: Reveal): ItemShape {
	const simplify = parameters.flag('simplify', 'Simplify');
	return (item) => {
		const shown = concealItem(item, reveal);
		// Outputs share nothing with what the run keeps: a later node may change one of them.
		return simplify ? simplifyItem(shown) : structuredClone(shown);
	};
}

/** @returns what a write did, without values. */
export function describeUpdate({ item: _item, ...result }: UpdateResult): object {
	return result;
}
