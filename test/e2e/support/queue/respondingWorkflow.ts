import { READ_ITEM, readerWorkflow } from '../auditWorkflow';
import type { WorkflowDocument } from '../n8nRest';

/** A workflow that answers a call with what its middle node has read. */
export function respondingWorkflow(id: string, parameters: object, responseBody: string): WorkflowDocument {
	const workflow = readerWorkflow(id, parameters);
	const [webhook] = workflow.nodes as Array<{ parameters: Record<string, unknown> }>;
	if (webhook) webhook.parameters = { ...webhook.parameters, responseMode: 'responseNode' };
	const respond = {
		id: '00000000-0000-4000-8000-0000000000aa',
		name: 'Respond',
		type: 'n8n-nodes-base.respondToWebhook',
		typeVersion: 1.1,
		position: [440, 0],
		parameters: { respondWith: 'text', responseBody, options: {} },
	};
	return {
		...workflow,
		nodes: [...workflow.nodes, respond],
		connections: { ...workflow.connections, [READ_ITEM]: { main: [[{ node: 'Respond', type: 'main', index: 0 }]] } },
	};
}
