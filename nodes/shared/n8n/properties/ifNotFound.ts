/** What an operation does where there is no such thing: fail, say so, or return nothing. */

import { OnePasswordError } from '../../core/errors/onePasswordError';
import { choiceParameter } from '../parameters/choices';
import type { Parameter } from '../parameters/parameter';
import { option } from './options';

export type IfNotFound = 'fail' | 'empty' | 'skip';

/** @param empty what the output then holds. */
export function ifNotFoundOption(empty: string): Parameter<IfNotFound> {
	return option(
		choiceParameter<IfNotFound>({
			displayName: 'If Not Found',
			name: 'ifNotFound',
			default: 'fail',
			description: 'What to do if the vault, the item or the field does not exist. All other errors still fail.',
			options: [
				{ name: 'Fail', value: 'fail', description: 'Stop with an error that lists what is there instead' },
				{ name: 'Return Empty', value: 'empty', description: empty },
				{ name: 'Skip', value: 'skip', description: 'Leave it out of the output' },
			],
		}),
	);
}

const NOT_FOUND: ReadonlySet<string> = new Set(['FIELD_NOT_FOUND', 'ITEM_NOT_FOUND', 'VAULT_NOT_FOUND']);

export function isNotFound(error: unknown): boolean {
	return error instanceof OnePasswordError && NOT_FOUND.has(error.code);
}
