import { invalidInput } from '../../core/errors/onePasswordError';
import { isEmpty, toWholeNumber } from './conversions';
import { readFilled, type Definition, type Parameter } from './parameter';

interface NumberDefinition extends Definition {
	readonly default: number;
	readonly minimum: number;
	/** Default: none. */
	readonly maximum?: number;
}

/** A whole number. One whose expression finds nothing is refused: what it is to limit would happen without a word. */
export function numberParameter({ minimum, maximum, ...definition }: NumberDefinition): Parameter<number> {
	const { name, displayName } = definition;
	const range = { minValue: minimum, ...(maximum !== undefined && { maxValue: maximum }) };
	return {
		property: { ...definition, type: 'number', typeOptions: range },
		read: (values) => {
			const filled = readFilled(values, name);
			if (filled === undefined) return definition.default;
			const number = toWholeNumber(filled.value, displayName, minimum);
			if (number === undefined) throw isEmpty(displayName);
			if (maximum === undefined || number <= maximum) return number;
			throw invalidInput(`'${displayName}' is more than ${maximum}.`, `Choose ${minimum} to ${maximum}.`);
		},
	};
}
