import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { describeCredentials, describeProperties, describeSubtitle } from '../shared/n8n/operations/describeOffer';
import { runOperations } from '../shared/n8n/operations/runOperations';
import { resource } from './resource';

export class OnePasswordAuditLogger implements INodeType {
	description: INodeTypeDescription = {
		displayName: '1Password Audit Logger',
		name: 'onePasswordAuditLogger',
		icon: { light: 'file:onePasswordAuditLogger.svg', dark: 'file:onePasswordAuditLogger.dark.svg' },
		group: ['input'],
		version: [1, 2],
		defaultVersion: 2,
		subtitle: describeSubtitle(resource),
		description: 'Turns the logs of a 1Password Connect server or the 1Password Events API into audit rows, and finds what stands out',
		defaults: { name: '1Password Audit Logger' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['All Events', 'Anomalies'],
		credentials: describeCredentials(resource),
		properties: describeProperties(resource),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, resource);
	}
}
