/** What an operation does where there is no such thing: fail, say so, or return nothing. */

import type { INodeProperties } from 'n8n-workflow';

import { OnePasswordError } from '../../core/errors/onePasswordError';
import { oneOf } from '../parameters/itemParameters';
import type { Parameters } from '../parameters/parameters';

const CHOICES = ['fail', 'empty', 'skip'] as const;

export type IfNotFound = (typeof CHOICES)[number];

/** @param empty what the output then holds. */
export function ifNotFoundOption(empty: string): INodeProperties {
	return {
		displayName: 'If Not Found',
		name: 'ifNotFound',
		type: 'options',
		default: 'fail',
		description: 'What to do if the vault, the item or the field does not exist. All other errors still fail.',
		options: [
			{ name: 'Fail', value: 'fail', description: 'Stop with an error that lists what is there instead' },
			{ name: 'Return Empty', value: 'empty', description: empty },
			{ name: 'Skip', value: 'skip', description: 'Leave it out of the output' },
		],
	};
}

export function readIfNotFound(parameters: Parameters): IfNotFound {
	return oneOf(parameters.collection('options').ifNotFound ?? 'fail', CHOICES, 'If Not Found');
}

const NOT_FOUND: ReadonlySet<string> = new Set(['FIELD_NOT_FOUND', 'ITEM_NOT_FOUND', 'VAULT_NOT_FOUND']);

export function isNotFound(error: unknown): boolean {
	return error instanceof OnePasswordError && NOT_FOUND.has(error.code);
}
