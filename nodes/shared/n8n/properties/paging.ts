import type { INodeProperties } from 'n8n-workflow';

import { invalidInput } from '../../core/errors/onePasswordError';
import { toWholeNumber, type Parameters } from '../parameters/parameters';

const DEFAULT_LIMIT = 50;

export const pagingProperties: readonly INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
];

/**
 * @returns how many results to return; `undefined` = all.
 * @throws OnePasswordError INVALID_INPUT for an empty limit: it would mean all.
 */
export function readLimit(parameters: Parameters): number | undefined {
	if (parameters.flag('returnAll', 'Return All')) return undefined;
	const limit = toWholeNumber(parameters.value('limit') ?? DEFAULT_LIMIT, 'Limit', 1);
	if (limit !== undefined) return limit;
	throw invalidInput("'Limit' is empty.", "Check that its expression finds a number, or turn on 'Return All'.");
}
