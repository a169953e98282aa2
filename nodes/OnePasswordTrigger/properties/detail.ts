import type { INodeProperties } from 'n8n-workflow';

import { revealProperties, simplifyProperties } from '../../shared/n8n/properties/output';

export const detailProperties: readonly INodeProperties[] = [
	{
		displayName: 'Level of Detail',
		name: 'detail',
		type: 'options',
		noDataExpression: true,
		default: 'versions',
		options: [
			{
				name: 'Changed Field Names',
				value: 'fields',
				description: 'Also which fields changed; reads each watched item once, and each changed one',
			},
			{
				name: 'Full Item',
				value: 'item',
				description: 'Also the item with its fields; secret values only where you reveal them',
			},
			{
				name: 'Versions Only',
				value: 'versions',
				description: 'Which item changed, and its title, tags and versions; asks for an item itself only where lists leave doubt',
			},
		],
	},
	...[...revealProperties, ...simplifyProperties].map((property): INodeProperties => ({
		...property,
		displayOptions: { show: { ...property.displayOptions?.show, detail: ['item'] } },
	})),
];
