import { isEmpty, toMembers, toRows } from './conversions';
import { membersOf } from './nodeParameters';
import { readFilled, type Definition, type Described, type Parameter, type ParameterValues } from './parameter';

interface CollectionDefinition extends Definition {
	readonly members: readonly Described[];
}

/** Parameters that the user adds one by one. They are read from what the collection yields. */
export function collectionParameter({ members, ...definition }: CollectionDefinition): Parameter<ParameterValues> {
	const { name, displayName } = definition;
	return {
		property: { ...definition, type: 'collection', default: {}, options: members.map(({ property }) => property) },
		read: (values) => {
			const filled = readFilled(values, name);
			return membersOf(filled ? toMembers(requireValue(filled, displayName), displayName) : {});
		},
	};
}

interface RowsDefinition<T> extends Definition {
	/** What a row is called. */
	readonly row: string;
	readonly members: readonly Described[];
	readonly readRow: (row: ParameterValues) => T;
	/** Default: none. */
	readonly default?: { readonly values: ReadonlyArray<Readonly<Record<string, string>>> };
}

/** Any number of rows of parameters. */
export function rowsParameter<T>({ row, members, readRow, ...definition }: RowsDefinition<T>): Parameter<T[]> {
	const { name, displayName } = definition;
	const values = members.map(({ property }) => property);
	return {
		property: {
			...definition,
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, ...definition.typeOptions },
			default: (definition.default ?? {}) as {},
			options: [{ displayName: row, name: 'values', values }],
		},
		read: (from) => {
			const filled = readFilled(from, name);
			return filled ? toRows(requireValue(filled, displayName)).map((one) => readRow(membersOf(one))) : [];
		},
	};
}

/** An expression that finds nothing must not mean that nothing was added: no filter, say, or no dry run. */
function requireValue({ value }: { readonly value: unknown }, displayName: string): unknown {
	if (value !== undefined) return value;
	throw isEmpty(displayName);
}
