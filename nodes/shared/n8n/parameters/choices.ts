import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { isEmpty, oneOf, toFlag, toTexts } from './conversions';
import { readFilled, type Definition, type Parameter } from './parameter';

interface SwitchDefinition extends Definition {
	/** What the editor shows first. */
	readonly default: boolean;
	/** What counts where it was not added to its collection. Default: as `default`. */
	readonly absent?: boolean;
}

/** An expression that finds nothing is refused: the switch may be the one that keeps from writing. */
export function switchParameter({ absent, ...definition }: SwitchDefinition): Parameter<boolean> {
	const { name, displayName } = definition;
	return {
		property: { ...definition, type: 'boolean' },
		read: (values) => {
			const filled = readFilled(values, name);
			return filled ? toFlag(filled.value ?? null, displayName) : (absent ?? definition.default);
		},
	};
}

/** What the editor offers, which is what the node accepts. */
export interface Choice<T extends string> extends INodePropertyOptions {
	readonly value: T;
}

interface ChoiceDefinition<T extends string> extends Definition {
	readonly default: NoInfer<T>;
	readonly options: ReadonlyArray<Choice<T>>;
}

export function choiceParameter<T extends string>(definition: ChoiceDefinition<T>): Parameter<T> {
	const { name, displayName, options } = definition;
	return {
		property: { ...definition, options: [...options], type: 'options' },
		read: (values) => {
			const filled = readFilled(values, name);
			if (filled === undefined) return definition.default;
			if (filled.value === undefined) throw isEmpty(displayName);
			return oneOf(filled.value, valuesOf(options), displayName);
		},
	};
}

interface ChoicesDefinition<T extends string> extends Definition {
	readonly default: readonly NoInfer<T>[];
	readonly options: ReadonlyArray<Choice<T>>;
	/** Advice where none is chosen; absent = there may be none. */
	readonly ifNone?: string;
}

export function choicesParameter<T extends string>({ ifNone, ...definition }: ChoicesDefinition<T>): Parameter<T[]> {
	const { name, displayName, options } = definition;
	return {
		property: { ...definition, default: [...definition.default], options: [...options], type: 'multiOptions' } as INodeProperties,
		read: (values) => {
			const filled = readFilled(values, name);
			if (filled === undefined) return [...definition.default];
			const { value } = filled;
			const chosen = toTexts(value, displayName).map((text) => oneOf(text, valuesOf(options), displayName));
			if (value !== undefined && (chosen.length > 0 || ifNone === undefined)) return chosen;
			throw isEmpty(displayName, ifNone);
		},
	};
}

function valuesOf<T extends string>(options: ReadonlyArray<Choice<T>>): T[] {
	return options.map(({ value }) => value);
}
