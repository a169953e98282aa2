import { NodeConnectionTypes, type INodeExecutionData, type INodeType, type INodeTypeDescription, type IPollFunctions } from 'n8n-workflow';

import { searchVaults } from '../shared/n8n/listSearch/searchVaults';
import { toNodeError } from '../shared/n8n/errors/nodeError';
import { loadItems } from './loadOptions/loadItems';
import { loadVaults } from './loadOptions/loadVaults';
import { pollNode } from './delivery/pollNode';
import { properties } from './properties';

export class OnePasswordTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: '1Password Trigger',
		name: 'onePasswordTrigger',
		icon: { light: 'file:onePasswordTrigger.svg', dark: 'file:onePasswordTrigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["events"].join(", ")}}',
		description: 'Starts the workflow when an item in 1Password changes or is read',
		defaults: { name: '1Password Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'onePasswordConnectApi', required: true }],
		properties: [...properties],
	};

	methods = { listSearch: { searchVaults }, loadOptions: { loadItems, loadVaults } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		try {
			return await pollNode(this);
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	}
}
