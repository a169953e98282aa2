import { isEmpty, toMembers, toRows } from './conversions';
import { isSet } from './choices';
import { membersOf } from './nodeParameters';
import type { Definition, Described, Parameter, ParameterValues } from './parameter';

interface CollectionDefinition extends Definition {
	readonly members: readonly Described[];
}

/** Parameters that the user adds one by one. They are read from what the collection yields. */
export function collectionParameter({ members, ...definition }: CollectionDefinition): Parameter<ParameterValues> {
	const { name, displayName } = definition;
	return {
		property: { ...definition, type: 'collection', default: {}, options: members.map(({ property }) => property) },
		read: (values) => membersOf(isSet(values, name) ? toMembers(requireValue(values, definition), displayName) : {}),
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
	const { name } = definition;
	const values = members.map(({ property }) => property);
	return {
		property: {
			...definition,
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, ...definition.typeOptions },
			default: (definition.default ?? {}) as {},
			options: [{ displayName: row, name: 'values', values }],
		},
		read: (from) => (isSet(from, name) ? toRows(requireValue(from, definition)).map((one) => readRow(membersOf(one))) : []),
	};
}

/** An expression that finds nothing must not mean that nothing was added: no filter, say, or no dry run. */
function requireValue(values: ParameterValues, { name, displayName }: Definition): unknown {
	const value = values.value(name);
	if (value !== undefined) return value;
	throw isEmpty(displayName);
}
