import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { isEmpty, oneOf, toFlag, toTexts } from './conversions';
import type { Definition, Parameter, ParameterValues } from './parameter';

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
		read: (values) => (isSet(values, name) ? toFlag(values.value(name) ?? null, displayName) : (absent ?? definition.default)),
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
			if (!isSet(values, name)) return definition.default;
			const value = values.value(name);
			if (value === undefined) throw isEmpty(displayName);
			return oneOf(value, valuesOf(options), displayName);
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
			if (!isSet(values, name)) return [...definition.default];
			const value = values.value(name);
			const chosen = toTexts(value, displayName).map((text) => oneOf(text, valuesOf(options), displayName));
			if (value !== undefined && (chosen.length > 0 || ifNone === undefined)) return chosen;
			throw isEmpty(displayName, ifNone);
		},
	};
}

/** @returns whether there is a value, or an expression that should have found one. */
export function isSet(values: ParameterValues, name: string): boolean {
	return values.value(name) !== undefined || values.isGiven(name);
}

function valuesOf<T extends string>(options: ReadonlyArray<Choice<T>>): T[] {
	return options.map(({ value }) => value);
}
