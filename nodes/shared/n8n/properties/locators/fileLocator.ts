import type { INodeProperties } from 'n8n-workflow';

import { locatorModes } from './locatorModes';

export const fileLocator: INodeProperties = {
	displayName: 'File',
	name: 'file',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The file attached to the item. A name that fits several files is refused with their IDs.',
	...locatorModes({ search: 'searchFiles', example: 'deploy.pub' }),
};
