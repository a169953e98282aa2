/** What is to change in an item, and what a plan changes. */

import type { FieldSelector } from '../fields/fieldSelector';
import type { Field, GeneratorRecipe, WritableFieldType } from '../wire';

export interface FieldChange extends FieldSelector {
	/** The very field, where it was found in this read of the item already. */
	readonly found?: Field;
	/** Give it this value, let the server generate one, empty it, or take the field out of the item. */
	readonly action: 'set' | 'generate' | 'clear' | 'remove';
	/** For `set`; text, never empty. */
	readonly value?: string;
	/** For a field that is added. Default CONCEALED. */
	readonly type?: WritableFieldType;
	/** Leave a field that has a value as it is. Default false. */
	readonly onlyIfEmpty?: boolean;
	/** For `generate`. Default: the server's own, which is 32 letters, digits and symbols. */
	readonly recipe?: GeneratorRecipe;
}

/** One difference, without any value. */
export interface Change {
	readonly target: 'title' | 'favorite' | 'tags' | 'urls' | 'field';
	readonly kind: 'added' | 'changed' | 'removed';
	readonly id?: string;
	readonly label?: string;
	readonly section?: string;
}
