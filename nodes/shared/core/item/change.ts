/** The requested changes to an item, and the changes a plan makes. */

import type { FieldSelector } from '../fields/fieldSelector';
import type { Field, GeneratorRecipe, WritableFieldType } from '../wire';

export interface FieldChange extends FieldSelector {
	/** The field itself, if it was already found in this read of the item. */
	readonly found?: Field;
	/** Set this value, let the server generate one, clear it, or remove the field from the item. */
	readonly action: 'set' | 'generate' | 'clear' | 'remove';
	/** For `set`; text, never empty. */
	readonly value?: string;
	/** For a new field. Default CONCEALED. */
	readonly type?: WritableFieldType;
	/** Leave a field that already has a value unchanged. Default false. */
	readonly onlyIfEmpty?: boolean;
	/** For `generate`. Default: the server's own, which is 32 letters, digits and symbols. */
	readonly recipe?: GeneratorRecipe;
}

/** One difference, without values. */
export interface Change {
	readonly target: 'title' | 'favorite' | 'tags' | 'urls' | 'field';
	readonly kind: 'added' | 'changed' | 'removed';
	readonly id?: string;
	readonly label?: string;
	readonly section?: string;
}
