import { isEmpty } from '../../shared/n8n/parameters/conversions';
import { readFilled, type Definition, type Parameter } from '../../shared/n8n/parameters/parameter';

/** An expression that finds nothing must not mean what is usual: the rule would look at something else without a word. */
export function setting<T>(definition: Definition & { readonly default: string }, read: (value: unknown, displayName: string) => T): Parameter<T> {
	const { name, displayName } = definition;
	return {
		property: { ...definition, type: 'string' },
		read: (settings) => {
			const { value } = readFilled(settings, name) ?? { value: definition.default };
			if (value === undefined) throw isEmpty(displayName, 'Check that its expression finds something, or remove the setting.');
			return read(value, displayName);
		},
	};
}
