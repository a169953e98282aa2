/**
 * Workflows that people have saved must go on meaning what they meant: no parameter and no choice may get another name.
 * `savedNodes.json` has nodes as they were saved before parameters became objects: those of the example workflows and of the
 * end-to-end tests of that time, and others so that each parameter of each operation and each choice occurs. It only grows.
 */

import { describe, expect, it } from '@jest/globals';
import { NodeHelpers, type INode, type INodeParameters } from 'n8n-workflow';

import { NODES } from '../structure/descriptions';
import { filesIn, readJson } from '../structure/sources';
import { nodeProblems, type ExportedNode, type ExportedWorkflow } from '../structure/workflowProblems';

type SavedNode = Required<Pick<ExportedNode, 'parameters' | 'type' | 'typeVersion'>>;

const SAVED = readJson<readonly SavedNode[]>('test/unit/nodes/savedNodes.json');

const EXAMPLES = filesIn('workflows', '.json')
	.flatMap((file) => readJson<ExportedWorkflow>(file).nodes)
	.filter(({ type }) => type.startsWith('n8n-nodes-1password-connect.'))
	.map(({ type, typeVersion = 1, parameters = {} }) => ({ type, typeVersion, parameters }));

/** @returns the parameters that n8n keeps when it loads the node. */
function loaded({ type, typeVersion, parameters }: SavedNode): INodeParameters | null {
	const description = NODES.find(({ value }) => type.endsWith(`.${value.description.name}`))?.value.description ?? null;
	const node = { id: '1', name: 'Saved', type, typeVersion, position: [0, 0], parameters } as INode;
	return NodeHelpers.getNodeParameters(description?.properties ?? [], node.parameters, true, false, node, description);
}

/** n8n adds them to the parameters of a trigger that polls. */
function withoutPollTimes({ pollTimes: _pollTimes, ...parameters }: SavedNode['parameters']): object {
	return parameters;
}

describe.each([
	['the example workflows', EXAMPLES],
	['workflows saved before', SAVED],
])('of %s', (_what, nodes) => {
	it('there are some', () => {
		expect(nodes.length).toBeGreaterThan(10);
	});

	it('every parameter and every choice is in the description of its node', () => {
		const problems = nodes.flatMap((node) => nodeProblems({ name: 'Saved', ...node }).map((problem) => `${problem} in ${JSON.stringify(node)}`));
		expect(problems).toEqual([]);
	});

	it('n8n keeps every parameter', () => {
		for (const node of nodes) expect(loaded(node)).toMatchObject(withoutPollTimes(node.parameters));
	});
});
