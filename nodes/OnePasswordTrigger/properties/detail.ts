import { choiceParameter } from '../../shared/n8n/parameters/choices';
import { revealProperties, simplifyProperties } from '../../shared/n8n/properties/output';

export const detail = choiceParameter({
	displayName: 'Level of Detail',
	name: 'detail',
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
});

export const detailProperties = [
	detail.property,
	...[...revealProperties, ...simplifyProperties].map((property) => ({
		...property,
		displayOptions: { show: { ...property.displayOptions?.show, detail: ['item'] } },
	})),
];
