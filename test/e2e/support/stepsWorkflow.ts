import type { WorkflowDocument } from './n8nRest';

export const STEPS_WORKFLOW = 'rotationSteps001';

const STEPS = ['begin', 'finish', 'rollback', 'status'] as const;

export type StepName = (typeof STEPS)[number];

/** How long a step of the losing rotation waits for its own rotation to appear. */
const SYNC_SECONDS = 2;

/** A webhook for each step of a rotation, in a workflow that saves all its executions; `{ rotationId }` is the body. */
export function stepsWorkflow(credentialId: string, target: { vault: string; item: string; field: string }): WorkflowDocument {
	const named = (value: string): object => ({ __rl: true, mode: 'name', value });
	const parametersOf = (operation: StepName): object => ({
		resource: 'rotation',
		operation,
		vault: named(target.vault),
		item: named(target.item),
		...(operation === 'begin' && { field: target.field }),
		...(operation !== 'status' && { rotationId: '={{ $json.body.rotationId }}', reveal: 'none', options: { waitForSync: SYNC_SECONDS } }),
	});
	return {
		id: STEPS_WORKFLOW,
		name: 'Steps of a rotation',
		nodes: STEPS.flatMap((step, index) => [
			{
				id: `00000000-0000-4000-8000-00000000000${index}`,
				name: `Asked to ${step}`,
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				position: [0, index * 160],
				webhookId: `00000000-0000-4000-9000-00000000000${index}`,
				parameters: { path: step, httpMethod: 'POST', responseMode: 'lastNode', options: {} },
			},
			{
				id: `00000000-0000-4000-a000-00000000000${index}`,
				name: step,
				type: 'n8n-nodes-1password-connect.onePassword',
				typeVersion: 1,
				position: [240, index * 160],
				parameters: parametersOf(step),
				credentials: { onePasswordConnectApi: { id: credentialId, name: '1Password Connect' } },
				// The response then says why.
				onError: 'continueRegularOutput',
			},
		]),
		connections: Object.fromEntries(STEPS.map((step) => [`Asked to ${step}`, { main: [[{ node: step, type: 'main', index: 0 }]] }])),
		settings: { executionOrder: 'v1', saveDataErrorExecution: 'all', saveDataSuccessExecution: 'all' },
	};
}

export const CONTEST_WORKFLOW = 'rotationContest1';

/** Begins a rotation under the ID of its execution. */
export function contestWorkflow(credentialId: string, target: { vault: string; item: string; field: string }): WorkflowDocument {
	const steps = stepsWorkflow(credentialId, target);
	const begin = steps.nodes.find(({ name }) => name === 'begin');
	const { rotationId: _rotationId, options: _options, ...parameters } = begin?.['parameters'] as Record<string, unknown>;
	return {
		...steps,
		id: CONTEST_WORKFLOW,
		name: 'Begin a rotation',
		nodes: [
			{
				id: '00000000-0000-4000-8000-000000000009',
				name: 'Run by hand',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{ ...begin, parameters, onError: 'stopWorkflow' },
		],
		connections: { 'Run by hand': { main: [[{ node: 'begin', type: 'main', index: 0 }]] } },
	};
}
