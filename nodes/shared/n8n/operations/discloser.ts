/**
 * The only way out of an operation. Whatever an operation returns was made here: items are concealed as the user asked,
 * secret texts and file contents leave only where they may, and everything else is of a type that has no room for them.
 */

import { CONCEALED_VALUE, concealItem } from '../../core/disclosure/concealment';
import type { ValueFree } from '../../core/disclosure/valueFree';
import { summariseItem } from '../../core/item/itemView';
import type { FullItem, Item } from '../../core/wire';
import type { NodeParameters } from '../parameters/nodeParameters';
import { readReveal, readRevealAll, refuseReveal, simplify } from '../properties/output';
import { makeItemShape, type ItemShape } from './itemShape';

/** Bytes that become a binary property of the output item. */
export interface FileContents {
	readonly property: string;
	readonly name: string;
	readonly bytes: Buffer;
}

/** Not exported, so that no other file can make one. */
class Output {
	readonly #json: object;

	constructor(
		json: object,
		readonly file?: FileContents,
	) {
		this.#json = json;
	}

	get json(): object {
		return this.#json;
	}
}

/** One output item. Only a `Discloser` makes it. */
export type Disclosed = Output;

/** @param facts members that stand beside those of the item. */
export type DiscloseItem = <T extends object>(item: FullItem, facts?: T & ValueFree<T>) => Disclosed;

export interface DiscloserOptions {
	readonly parameters: NodeParameters;
	/** Whether an AI agent calls the node as its tool. */
	readonly isTool: boolean;
	/** Called for each output that shows a secret value in plain text. */
	readonly onReveal: () => void;
}

/**
 * For the output of one input item. Methods that return a function read what the user asked for: call them before anything
 * is sent, so that a refusal comes before a write.
 */
export class Discloser {
	constructor(private readonly options: DiscloserOptions) {}

	/** What contains no value: a vault, a status, what a write did. An item does not compile here. */
	facts<T extends object>(facts: T & ValueFree<T>): Disclosed {
		return new Output(facts);
	}

	/**
	 * @returns what discloses items that were read, in the form the user asked for. It throws FIELD_NOT_FOUND or AMBIGUOUS for
	 * a field to reveal.
	 * @throws OnePasswordError REVEAL_REFUSED or INVALID_INPUT.
	 */
	item(): DiscloseItem {
		const { parameters, isTool } = this.options;
		return this.inShape(makeItemShape(parameters, readReveal(parameters, isTool), this.options.onReveal));
	}

	/**
	 * Like `item`, for an item that was written. Nothing may fail after a write, so a field to reveal that the item does not
	 * have is passed over.
	 */
	writtenItem(): DiscloseItem {
		const { parameters, isTool } = this.options;
		const reveal = readReveal(parameters, isTool);
		return this.inShape(makeItemShape(parameters, typeof reveal === 'string' ? reveal : { ...reveal, lenient: true }, this.options.onReveal));
	}

	/** @returns what discloses rows of a list of items, which show no field. */
	listedItem(): (row: Item) => Disclosed {
		const isSimple = simplify.read(this.options.parameters);
		return (row) => {
			const shown = concealItem(row, 'none');
			return new Output(isSimple ? summariseItem(shown) : structuredClone(shown));
		};
	}

	/** @throws OnePasswordError REVEAL_REFUSED where an AI agent asks for values. */
	values(): DisclosedValues {
		const { parameters, isTool } = this.options;
		return new DisclosedValues(readRevealAll(parameters, isTool), this.options);
	}

	/**
	 * @returns what discloses the contents of a file.
	 * @throws OnePasswordError REVEAL_REFUSED for an AI agent, whatever it asks for.
	 */
	bytes(): <T extends object>(facts: T & ValueFree<T>, file: FileContents) => Disclosed {
		const { isTool, onReveal } = this.options;
		if (isTool) throw refuseReveal();
		return (facts, file) => {
			onReveal();
			return new Output(facts, file);
		};
	}

	private inShape(shape: ItemShape): DiscloseItem {
		return (item, facts) => new Output({ ...shape(item), ...facts });
	}
}

/** Secret texts, as values or as the placeholder of one. */
export class DisclosedValues {
	constructor(
		/** Whether the user asked for the values. */
		readonly areRevealed: boolean,
		private readonly options: Pick<DiscloserOptions, 'isTool' | 'onReveal'>,
	) {}

	/**
	 * An AI agent gets no value at all, not even one that is not marked as secret.
	 * @param value absent where it was not read.
	 * @returns what the output shows: the value, or the placeholder. An empty value stays empty.
	 */
	show({ value, concealed }: { readonly value?: string; readonly concealed: boolean }): string {
		if (value === '') return '';
		if (value === undefined || this.options.isTool || (concealed && !this.areRevealed)) return CONCEALED_VALUE;
		if (concealed && value !== CONCEALED_VALUE) this.options.onReveal();
		return value;
	}

	/** @param output made of facts and of what `show` returned. */
	output<T extends object>(output: T & ValueFree<T>): Disclosed {
		return new Output(output);
	}
}
