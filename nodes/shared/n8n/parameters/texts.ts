import type { INodeProperties } from 'n8n-workflow';

import { isEmpty, requireText, toText, toTexts } from './conversions';
import type { Definition, Parameter } from './parameter';

interface TextDefinition extends Definition {
	/** Default: ''. */
	readonly default?: string;
}

/** A text that may be left empty. */
export function textParameter(definition: TextDefinition): Parameter<string> {
	const { name, displayName } = definition;
	return {
		property: textProperty(definition),
		read: (values) => toText(values.value(name) ?? definition.default, displayName),
	};
}

export function requiredText(definition: TextDefinition): Parameter<string> {
	const { name, displayName } = definition;
	return {
		property: textProperty(definition),
		read: (values) => requireText(values.value(name), displayName),
	};
}

/**
 * A text in a collection: `undefined` where it was not added. Once added it must not be empty: with a filter whose
 * expression finds nothing, everything would match.
 */
export function addedText(definition: TextDefinition): Parameter<string | undefined> {
	const { name, displayName } = definition;
	return {
		property: textProperty(definition),
		read: (values) => {
			if (!values.isGiven(name)) return undefined;
			const text = toText(values.value(name), displayName);
			if (text.trim() !== '') return text;
			throw isEmpty(displayName, REMOVABLE);
		},
	};
}

interface TextsDefinition extends Definition {
	readonly default: string | readonly string[];
	/** Advice where there are none; absent = there may be none. */
	readonly ifNone?: string;
}

/** A list of texts, or one text with commas between them. Where the editor loads a list to choose from, any other text will do, too. */
export function textsParameter({ ifNone, ...definition }: TextsDefinition): Parameter<string[]> {
	const { name, displayName } = definition;
	return {
		property: { ...definition, type: definition.typeOptions?.loadOptionsMethod ? 'multiOptions' : 'string' } as INodeProperties,
		read: (values) => {
			const texts = toTexts(values.value(name), displayName);
			if (texts.length > 0 || ifNone === undefined) return texts;
			throw isEmpty(displayName, ifNone);
		},
	};
}

export const REMOVABLE = 'Fill it in, or remove it; if it is an expression, check that it finds a value for this item.';

function textProperty(definition: TextDefinition): INodeProperties {
	return { ...definition, default: definition.default ?? '', type: 'string' };
}
