import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Parameters } from '../shared/n8n/parameters/parameters';

export interface AuditContext {
	readonly node: IExecuteFunctions;
	/** Of the input item that it runs for: the first one, unless it runs for each. */
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
	/** Whether it runs for each input item by itself. Default: once, however many there are. */
	readonly forEachItem?: boolean;
	readonly run: (context: AuditContext) => AuditOutputs | Promise<AuditOutputs>;
}
