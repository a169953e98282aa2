import type { INodeProperties } from 'n8n-workflow';

import { optionsProperty } from '../../shared/n8n/properties/options';
import { pagingProperties } from '../../shared/n8n/properties/paging';
import { batchOptions } from './batchOptions';
import { ruleProperties } from './rules';
import { sourceProperties } from './source';

export const rangeProperties: readonly INodeProperties[] = [
	...sourceProperties,
	{
		displayName: 'From',
		name: 'from',
		type: 'dateTime',
		required: true,
		default: '',
		description: 'Beginning of the range; it belongs to it',
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'dateTime',
		default: '',
		description: 'End of the range; it does not belong to it. Empty: now.',
	},
	...pagingProperties,
	...ruleProperties,
	optionsProperty(...batchOptions),
];
