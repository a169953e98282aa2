import OpenAPIResponseValidator from 'openapi-response-validator';

import type { Reply } from '../running/http';
import type { ApiDocument, Operation, ResponseObject, Schema } from './document';
import { membersBeyond } from './membersBeyond';

const FORMATS: Readonly<Record<string, RegExp>> = {
	uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
	'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
	url: /^[a-z][a-z\d+.-]*:\S+$/i,
	byte: /^([a-z\d+/]{4})*([a-z\d+/]{2}==|[a-z\d+/]{3}=)?$/i,
};

interface SchemaError {
	readonly instancePath: string;
	readonly keyword: string;
	readonly message?: string;
}

/** How an answer differs from what the file says of its operation; ids and places in lists are written as `*`. */
export class Validator {
	private readonly validators = new Map<string, OpenAPIResponseValidator>();

	constructor(private readonly document: ApiDocument) {}

	differencesOf(operation: Operation, reply: Reply): string[] {
		const documented = operation.responses[String(reply.status)];
		if (!documented) {
			return [`status beyond the file: ${operation.id} ${reply.status}`, ...differingError(reply)];
		}
		const [contentType] = Object.keys(documented.content ?? {});
		const schema = contentType === undefined ? undefined : documented.content?.[contentType]?.schema;
		return [
			...differingType(contentType, reply),
			...missingHeaders(documented, reply),
			...this.schemaErrors(operation, reply),
			...this.membersBeyond(schema, reply),
		];
	}

	private membersBeyond(schema: Schema | undefined, { body }: Reply): string[] {
		if (!schema) return [];
		return membersBeyond(this.document, schema, body).map((path) => `member beyond the schema: ${path}`);
	}

	private schemaErrors(operation: Operation, reply: Reply): string[] {
		const validator = this.validators.get(operation.id) ?? this.compile(operation);
		this.validators.set(operation.id, validator);
		// It fills in defaults, so it gets a copy.
		const body: unknown = reply.bytes.length === 0 ? undefined : structuredClone(reply.body);
		const errors = (validator.validateResponse(reply.status, body)?.errors ?? []) as SchemaError[];
		return [...new Set(errors.map((error) => describe(error, reply.body)))];
	}

	private compile(operation: Operation): OpenAPIResponseValidator {
		return new OpenAPIResponseValidator({
			responses: withoutDefaults(operation.responses) as never,
			components: withoutDefaults(this.document.components) as never,
			customFormats: Object.fromEntries(
				Object.entries(FORMATS).map(([name, pattern]) => [name, (text: unknown) => pattern.test(String(text))]),
			) as never,
			errorTransformer: (_error, { instancePath, keyword, message }): SchemaError => ({
				...{ instancePath, keyword },
				...(message !== undefined && { message }),
			}),
		});
	}
}

/** No schema says so where the file does not have the status, but all errors look alike. */
function differingError({ status, body }: Reply): string[] {
	const { status: inBody, message, ...beyond } = Object(body) as Record<string, unknown>;
	const fits = inBody === status && typeof message === 'string' && Object.keys(beyond).length === 0;
	return fits ? [] : ['body: no ErrorResponse'];
}

function missingHeaders({ headers = {} }: ResponseObject, reply: Reply): string[] {
	return Object.keys(headers)
		.filter((name) => !reply.headers.get(name))
		.map((name) => `header missing: ${name}`);
}

function differingType(documented: string | undefined, { headers }: Reply): string[] {
	const sent = headers.get('content-type')?.split(';')[0];
	return sent === documented ? [] : [`content type: ${sent} instead of ${documented}`];
}

function describe({ instancePath, keyword, message }: SchemaError, body: unknown): string {
	const parts = instancePath.split('/').slice(2);
	const value = parts.reduce<unknown>((object, part) => (object as Record<string, unknown>)[part], body);
	const place = parts.map((part) => (/^\d+$/.test(part) ? '*' : part)).join('/');
	// Values of enumerations are no secrets; others may be, on a real server.
	return `${keyword} at ${place}: ${keyword === 'enum' ? JSON.stringify(value) : message}`;
}

/** The library would fill defaults in for members that are required and missing, and so hide that. */
function withoutDefaults(node: unknown): unknown {
	if (Array.isArray(node)) return node.map(withoutDefaults);
	if (typeof node !== 'object' || node === null) return node;
	return Object.fromEntries(
		Object.entries(node)
			.filter(([name, value]) => name !== 'default' || typeof value === 'object')
			.map(([name, value]) => [name, withoutDefaults(value)]),
	);
}
