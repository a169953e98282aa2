/** What a user can put into an item beside its fields: tags, URLs, the star. */

import type { INodeProperties } from 'n8n-workflow';

export function tagsProperty(displayName: string, name: string, description: string): INodeProperties {
	return { displayName, name, type: 'string', default: '', placeholder: 'e.g. rotated, production', description };
}

export function urlsProperty(displayName: string, name: string, description: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add URL' },
		placeholder: 'Add URL',
		default: {},
		description,
		options: [
			{
				displayName: 'URL',
				name: 'values',
				values: [
					{
						displayName: 'URL',
						name: 'href',
						type: 'string',
						default: '',
						placeholder: 'e.g. https://example.com',
					},
					{ displayName: 'Label', name: 'label', type: 'string', default: '', placeholder: 'e.g. website' },
					{
						displayName: 'Primary',
						name: 'primary',
						type: 'boolean',
						default: false,
						description: 'Whether this is the address that 1Password opens',
					},
				],
			},
		],
	};
}

export const favoriteProperty: INodeProperties = {
	displayName: 'Favorite',
	name: 'favorite',
	type: 'boolean',
	default: false,
	description: 'Whether the item is a favorite',
};
