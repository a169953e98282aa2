import type { WorkflowDocument } from './n8nRest';

export const TRIGGER = '1Password Trigger';

export interface TriggerWorkflow {
	/** 16 characters, as n8n's own ids have. */
	readonly id: string;
	readonly name: string;
	/** Of the trigger, without its times. */
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly credentialId: string;
	/** Seconds between two polls. Default a minute. */
	readonly everySeconds?: number;
}

/** A workflow that only records what the trigger emits, and saves every execution. */
export function triggerWorkflow(wanted: TriggerWorkflow): WorkflowDocument {
	return {
		id: wanted.id,
		name: wanted.name,
		nodes: [
			{
				id: nodeId(wanted.id, 1),
				name: TRIGGER,
				type: 'n8n-nodes-1password-connect.onePasswordTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: { ...(wanted.everySeconds && { pollTimes: pollEvery(wanted.everySeconds) }), ...wanted.parameters },
				credentials: { onePasswordConnectApi: { id: wanted.credentialId, name: '1Password Connect' } },
			},
			{
				id: nodeId(wanted.id, 2),
				name: 'Noted',
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				position: [220, 0],
				parameters: {},
			},
		],
		connections: { [TRIGGER]: { main: [[{ node: 'Noted', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1', saveDataErrorExecution: 'all', saveDataSuccessExecution: 'all' },
	};
}

/** n8n allows no time of a trigger to come more than once a minute, but any number of times. */
export function pollEvery(seconds: number): { item: object[] } {
	const times = Array.from({ length: Math.floor(60 / seconds) }, (_, index) => index * seconds);
	return { item: times.map((second) => ({ mode: 'custom', cronExpression: `${second} * * * * *` })) };
}

/** The durable scheduler requires unique node IDs. */
function nodeId(workflowId: string, index: number): string {
	const digits = Buffer.from(workflowId).toString('hex').slice(-12);
	return `00000000-0000-4000-8000-${digits.slice(0, 11)}${index}`;
}
