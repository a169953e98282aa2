import { switchParameter } from '../parameters/choices';
import { numberParameter } from '../parameters/numbers';
import type { ParameterValues } from '../parameters/parameter';

const returnAll = switchParameter({
	displayName: 'Return All',
	name: 'returnAll',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
});

const limit = numberParameter({
	displayName: 'Limit',
	name: 'limit',
	minimum: 1,
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
});

export const pagingProperties = [returnAll.property, limit.property];

/**
 * @returns how many results to return; `undefined` = all.
 * @throws OnePasswordError INVALID_INPUT for an empty limit: it would mean all.
 */
export function readLimit(parameters: ParameterValues): number | undefined {
	return returnAll.read(parameters) ? undefined : limit.read(parameters);
}
