/** The output item of an operation that reads or writes a 1Password item. */

import type { UpdateResult } from '../../shared/connect/writes/guardedUpdate';
import { concealItem, showsSecret, type Reveal } from '../../shared/core/disclosure/concealment';
import type { ConnectContext } from '../../shared/n8n/operations/connectContext';
import { readReveal } from '../../shared/n8n/parameters/itemParameters';
import { makeItemShape, type ItemShape } from '../../shared/n8n/operations/itemShape';

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

function makeShape({ parameters, onReveal }: ConnectContext, reveal: Reveal): ItemShape {
	const shape = makeItemShape(parameters, reveal);
	if (reveal === 'none') return shape;
	return (item) => {
		if (showsSecret(concealItem(item, reveal))) onReveal();
		return shape(item);
	};
}

/** @returns what a write did, without values. */
export function describeUpdate({ item: _item, ...result }: UpdateResult): object {
	return result;
}
