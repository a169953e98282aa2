import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkflowDocument } from './n8nRest';
import { REPOSITORY } from './packedPackage';

/** An example workflow as users import it, with its Settings node, where it has one, filled in. */
export async function loadWorkflowFile(file: string, settings: Readonly<Record<string, unknown>> = {}): Promise<WorkflowDocument> {
	const workflow = JSON.parse(await readFile(join(REPOSITORY, 'workflows', file), 'utf8')) as WorkflowDocument;
	if (Object.keys(settings).length > 0) fillSettings(workflow, settings);
	return workflow;
}

export function fillSettings(workflow: WorkflowDocument, settings: Readonly<Record<string, unknown>>): void {
	const assignments = readAssignments(nodeNamed(workflow, 'Settings'));
	for (const [name, value] of Object.entries(settings)) {
		const assignment = assignments.find((candidate) => candidate.name === name);
		if (!assignment) throw new Error(`The Settings node has no value "${name}"`);
		assignment.value = value;
	}
}

export function nodeNamed(workflow: WorkflowDocument, name: string): Record<string, unknown> {
	const node = workflow.nodes.find((candidate) => candidate['name'] === name);
	if (!node) throw new Error(`Workflow "${workflow.name}" has no node "${name}"`);
	return node;
}

interface Assignment {
	name: string;
	value: unknown;
}

function readAssignments(node: Record<string, unknown>): Assignment[] {
	const parameters = node['parameters'] as { assignments: { assignments: Assignment[] } };
	return parameters.assignments.assignments;
}
