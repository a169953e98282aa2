/** Finds what would make an exported workflow fail on import, or run differently than it reads. */

import type { INodeProperties } from 'n8n-workflow';

import { NODES, choicesOf, membersOf, shownFor } from './descriptions';

export interface ExportedWorkflow {
	readonly name?: string;
	readonly nodes: readonly ExportedNode[];
	readonly connections: Readonly<Record<string, Readonly<Record<string, ReadonlyArray<ReadonlyArray<{ readonly node: string }> | null>>>>>;
	readonly pinData?: object;
}

export interface ExportedNode {
	readonly name: string;
	readonly type: string;
	readonly typeVersion?: number;
	readonly parameters?: Readonly<Record<string, unknown>>;
	readonly credentials?: Readonly<Record<string, unknown>>;
}

const PACKAGE = 'n8n-nodes-1password-connect';
const N8N_OWN = /^(n8n-nodes-base|@n8n\/n8n-nodes-langchain)\.\w+$/;

/** @returns one sentence for each problem. */
export function workflowProblems(workflow: ExportedWorkflow): string[] {
	const names = new Set(workflow.nodes.map(({ name }) => name));
	const ends = Object.entries(workflow.connections).flatMap(([from, outputs]) => [
		from,
		...Object.values(outputs).flatMap((output) => output.flatMap((links) => (links ?? []).map(({ node }) => node))),
	]);
	return [
		...(names.size < workflow.nodes.length ? ['two nodes have one name'] : []),
		...ends.filter((end) => !names.has(end)).map((end) => `a connection leads to "${end}", which is not there`),
		...(Object.keys(workflow.pinData ?? {}).length > 0 ? ['it holds pinned data'] : []),
		...workflow.nodes.flatMap((node) => nodeProblems(node).map((problem) => `${node.name}: ${problem}`)),
	];
}

function nodeProblems(node: ExportedNode): string[] {
	const [scope, type] = [node.type.slice(0, node.type.lastIndexOf('.')), node.type.slice(node.type.lastIndexOf('.') + 1)];
	if (scope !== PACKAGE) return N8N_OWN.test(node.type) ? [] : [`unknown node type ${node.type}`];
	const description = NODES.find(({ value }) => value.description.name === type)?.value.description;
	if (description === undefined) return [`unknown node type ${node.type}`];
	const parameters = node.parameters ?? {};
	const defaults = Object.fromEntries(
		['resource', 'operation'].flatMap((name) => {
			const given = parameters[name];
			const shown = shownFor(description, { resource: parameters.resource ?? firstDefault(description.properties) });
			const fallback = shown.find((property) => property.name === name)?.default;
			return given === undefined && fallback === undefined ? [] : [[name, given ?? fallback] as const];
		}),
	);
	const credentials = (description.credentials ?? []).map(({ name }) => name);
	return [
		...([description.version].flat().includes(node.typeVersion ?? 1) ? [] : [`unknown version ${node.typeVersion}`]),
		...Object.keys(node.credentials ?? {})
			.filter((name) => !credentials.includes(name))
			.map((name) => `unknown credential ${name}`),
		...unknownParameters(parameters, shownFor(description, defaults)),
	];
}

function firstDefault(properties: readonly INodeProperties[]): unknown {
	return properties.find(({ name }) => name === 'resource')?.default;
}

function unknownParameters(values: Readonly<Record<string, unknown>>, known: readonly INodeProperties[]): string[] {
	return Object.entries(values).flatMap(([name, value]) => {
		const property = known.find((candidate) => candidate.name === name);
		if (property === undefined) return [`unknown parameter ${name}`];
		return valueProblems(property, value);
	});
}

function valueProblems(property: INodeProperties, value: unknown): string[] {
	if (typeof value === 'string' && value.startsWith('=')) return [];
	const { name, type } = property;
	const choices = choicesOf(property);
	if (choices !== undefined) {
		return [value].flat().every((one) => choices.includes(one)) ? [] : [`${name} has no choice ${JSON.stringify(value)}`];
	}
	if (type === 'resourceLocator') {
		const { mode } = value as { mode?: string };
		return (property.modes ?? []).some((known) => known.name === mode) ? [] : [`${name} has no mode ${mode}`];
	}
	if (type !== 'collection' && type !== 'fixedCollection') return [];
	const members = membersOf(property);
	if (type === 'collection') return unknownParameters(value as Record<string, unknown>, members);
	return Object.values(value as Record<string, unknown>)
		.flat()
		.flatMap((row) => unknownParameters(row as Record<string, unknown>, members));
}
