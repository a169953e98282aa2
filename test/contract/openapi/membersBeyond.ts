import type { ApiDocument, Schema } from './document';

/** Paths of members that the schema does not have; the file itself forbids none. Places in lists are written as `*`. */
export function membersBeyond(document: ApiDocument, schema: Schema, value: unknown): string[] {
	return [...new Set(walk(document, schema, value, []))];
}

function walk(document: ApiDocument, given: Schema, value: unknown, path: readonly string[]): string[] {
	const schema = resolve(document, given);
	if (Array.isArray(value)) {
		const { items } = schema;
		return items ? value.flatMap((entry) => walk(document, items, entry, [...path, '*'])) : [];
	}
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, member]) => {
		const known = schema.properties?.[name];
		const place = [...path, name];
		return known ? walk(document, known, member, place) : [place.join('/')];
	});
}

/** The schema itself, with the properties of all that it is made of. */
function resolve(document: ApiDocument, schema: Schema): Schema {
	if (schema.$ref !== undefined) {
		const target = document.components.schemas[schema.$ref.replace('#/components/schemas/', '')];
		if (!target) throw new Error(`The file refers to ${schema.$ref}, which it does not have`);
		return resolve(document, target);
	}
	const parts = (schema.allOf ?? []).map((part) => resolve(document, part).properties ?? {});
	const properties = Object.assign({}, ...parts, schema.properties) as Record<string, Schema>;
	return { ...schema, properties };
}
