import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Parameters } from '../shared/n8n/parameters';

export interface AuditContext {
	readonly node: IExecuteFunctions;
	/** Of the first input item: an operation runs once, however many input items there are. */
	readonly parameters: Parameters;
}

export interface AuditOutputs {
	readonly events: readonly object[];
	readonly anomalies?: readonly object[];
}

export interface AuditOperation {
	readonly value: string;
	readonly name: string;
	/** Sentence shown in the node's list of actions. */
	readonly action: string;
	readonly description: string;
	readonly properties: readonly INodeProperties[];
	readonly run: (context: AuditContext) => AuditOutputs | Promise<AuditOutputs>;
}
