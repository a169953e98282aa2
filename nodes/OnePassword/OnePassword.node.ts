import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { describeCredentials, describeProperties } from '../shared/n8n/operations/describeOffer';
import { runOperations } from '../shared/n8n/operations/runOperations';
import { searchFiles } from './listSearch/searchFiles';
import { searchItems } from './listSearch/searchItems';
import { searchOtherItems } from './listSearch/searchOtherItems';
import { searchVaults } from '../shared/n8n/listSearch/searchVaults';
import { resources } from './resources';

export class OnePassword implements INodeType {
	description: INodeTypeDescription = {
		displayName: '1Password',
		name: 'onePassword',
		icon: { light: 'file:onePassword.svg', dark: 'file:onePassword.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Read and change 1Password items through a 1Password Connect server',
		defaults: { name: '1Password' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: describeCredentials(resources),
		properties: describeProperties(resources),
		// Has n8n hide them from who looks at executions, where a release of it supports that.
		sensitiveOutputFields: ['fields', 'result', 'secrets'],
	};

	methods = { listSearch: { searchFiles, searchItems, searchOtherItems, searchVaults } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, resources);
	}
}
