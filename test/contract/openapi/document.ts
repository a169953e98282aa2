import { readFileSync } from 'node:fs';

import { load } from 'js-yaml';

export interface Schema {
	readonly $ref?: string;
	readonly type?: string;
	readonly format?: string;
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly items?: Schema;
	readonly allOf?: readonly Schema[];
}

export interface Example {
	readonly value?: unknown;
}

export interface ResponseObject {
	readonly headers?: Readonly<Record<string, { readonly schema?: Schema }>>;
	/** By content type. */
	readonly content?: Readonly<Record<string, Content>>;
}

interface Content {
	readonly schema?: Schema;
	readonly examples?: Readonly<Record<string, Example>>;
}

export interface Parameter {
	readonly in: string;
	readonly name: string;
	readonly schema?: Schema;
}

interface OperationObject {
	readonly operationId: string;
	readonly servers?: ReadonlyArray<{ readonly url: string }>;
	readonly parameters?: readonly Parameter[];
	readonly responses: Readonly<Record<string, ResponseObject>>;
}

type PathItem = Readonly<Record<string, OperationObject>> & { readonly parameters?: readonly Parameter[] };

export interface ApiDocument {
	readonly info: { readonly version: string };
	readonly servers: ReadonlyArray<{ readonly url: string }>;
	readonly paths: Readonly<Record<string, PathItem>>;
	readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export interface Operation {
	readonly id: string;
	/** In upper case. */
	readonly method: string;
	/** Below the server's address, with the names of ids in braces. */
	readonly template: string;
	readonly parameters: readonly Parameter[];
	readonly responses: Readonly<Record<string, ResponseObject>>;
}

const METHODS = ['get', 'put', 'post', 'patch', 'delete', 'head', 'options', 'trace'];

/** 1Password's OpenAPI file, which we may not redistribute; undefined unless CONNECT_OPENAPI is set to its path. */
export function apiDocument(): ApiDocument | undefined {
	const file = process.env['CONNECT_OPENAPI'];
	return file ? (load(readFileSync(file, 'utf8')) as ApiDocument) : undefined;
}

export function operationsOf(document: ApiDocument): Operation[] {
	return Object.entries(document.paths).flatMap(([path, item]) =>
		METHODS.flatMap((method): Operation[] => {
			const operation = item[method];
			if (!operation) return [];
			const base = new URL((operation.servers ?? document.servers)[0]?.url ?? '').pathname.replace(/\/$/, '');
			const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
			const { operationId: id, responses } = operation;
			return [{ id, method: method.toUpperCase(), template: base + path, parameters, responses }];
		}),
	);
}

/** The operation that a request is for. */
export function operationFor(operations: readonly Operation[], method: string, path: string): Operation | undefined {
	const parts = (path.split('?')[0] ?? '').replace(/\/$/, '').split('/');
	return operations.find((operation) => {
		const names = operation.template.split('/');
		if (operation.method !== method || names.length !== parts.length) return false;
		return names.every((name, index) => name.startsWith('{') || name === parts[index]);
	});
}
