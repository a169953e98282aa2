import { failure } from '../failure';
import type { JsonObject } from './json';
import { arrayAt, objectAt, stringAt } from './json';

export type PatchOp = 'add' | 'remove' | 'replace';

export interface Operation {
	readonly op: PatchOp;
	/** The path as sent, for messages. */
	readonly path: string;
	/** Its parts, unescaped. Empty for '/', which stands for the whole item here. */
	readonly parts: readonly string[];
	readonly value: unknown;
}

/** @throws ConnectFailure 400 for anything but an array of add, remove and replace */
export function readOperations(body: unknown): Operation[] {
	if (!Array.isArray(body)) throw failure.badRequest('Invalid patch: want an array of operations');
	return arrayAt(body, 'patch').map((entry, index) => readOperation(objectAt(entry, `patch[${index}]`)));
}

function readOperation(raw: JsonObject): Operation {
	const op = stringAt(raw['op'], 'op');
	const path = stringAt(raw['path'], 'path');
	if (op !== 'add' && op !== 'remove' && op !== 'replace') throw failure.badRequest(`Invalid patch: unsupported op ${op}`);
	if (!path?.startsWith('/')) throw failure.badRequest('Invalid patch: path must start with /');
	if (op !== 'remove' && raw['value'] === undefined) throw failure.badRequest(`Invalid patch: ${op} needs a value`);
	return { op, path, parts: path === '/' ? [] : path.slice(1).split('/').map(unescapePart), value: raw['value'] };
}

// RFC 6901: the order matters, so that ~01 stays ~1.
function unescapePart(part: string): string {
	return part.replace(/~1/g, '/').replace(/~0/g, '~');
}

export function refusePath(operation: Operation): never {
	throw failure.badRequest(`Invalid patch: cannot ${operation.op} ${operation.path}`);
}
