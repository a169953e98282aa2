import type { INodeProperties } from 'n8n-workflow';

import { optionalTime, timeParameter } from '../../shared/n8n/parameters/times';
import { optionsProperty } from '../../shared/n8n/properties/options';
import { pagingProperties } from '../../shared/n8n/properties/paging';
import { batchOptions } from './batchOptions';
import { ruleProperties } from './rules';
import { sourceProperties } from './source';

export const rangeStart = timeParameter({
	displayName: 'From',
	name: 'from',
	required: true,
	description: 'Beginning of the range (inclusive)',
});

export const rangeEnd = optionalTime({
	displayName: 'To',
	name: 'to',
	description: 'End of the range (exclusive). Empty: now.',
});

export const rangeProperties: readonly INodeProperties[] = [
	...sourceProperties,
	rangeStart.property,
	rangeEnd.property,
	...pagingProperties,
	...ruleProperties,
	optionsProperty(...batchOptions),
];
