import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { describeOperations, describeSubtitle, operations } from './operations';
import { runOperation } from './runOperation';

export class OnePasswordAuditLogger implements INodeType {
	description: INodeTypeDescription = {
		displayName: '1Password Audit Logger',
		name: 'onePasswordAuditLogger',
		icon: { light: 'file:onePasswordAuditLogger.svg', dark: 'file:onePasswordAuditLogger.dark.svg' },
		group: ['input'],
		version: [1, 2],
		defaultVersion: 2,
		subtitle: describeSubtitle(operations),
		description: 'Turns the logs of a 1Password Connect server or the 1Password Events API into audit rows, and finds what stands out',
		defaults: { name: '1Password Audit Logger' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['All Events', 'Anomalies'],
		credentials: [
			{
				name: 'onePasswordConnectApi',
				required: true,
				displayOptions: { show: { operation: ['collect', 'getRange'], source: ['connect'] } },
			},
			{
				name: 'onePasswordEventsApi',
				required: true,
				displayOptions: { show: { operation: ['collect', 'getRange'], source: ['events'] } },
			},
		],
		properties: describeOperations(operations),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperation(this, operations);
	}
}
