/** Finds what would make an exported workflow fail on import, or run differently than it reads. */

import { cronNodeOptions, type INodeProperties, type INodeTypeDescription } from 'n8n-workflow';

import { NODES, VERSION, choicesOf, decidersOf, membersOf, shownFor } from './descriptions';

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
	const targets = Object.values(workflow.connections).flatMap((outputs) =>
		Object.values(outputs).flatMap((output) => output.flatMap((links) => (links ?? []).map(({ node }) => node))),
	);
	const ends = [...Object.keys(workflow.connections), ...targets];
	const triggers = workflow.nodes.filter(({ type }) => descriptionOf(type)?.polling).map(({ name }) => name);
	return [
		...(names.size < workflow.nodes.length ? ['two nodes have one name'] : []),
		...ends.filter((end) => !names.has(end)).map((end) => `a connection leads to "${end}", which is not there`),
		...targets.filter((end) => triggers.includes(end)).map((end) => `a connection leads to "${end}", which is a trigger`),
		...(Object.keys(workflow.pinData ?? {}).length > 0 ? ['it holds pinned data'] : []),
		...workflow.nodes.flatMap((node) => nodeProblems(node).map((problem) => `${node.name}: ${problem}`)),
	];
}

/** @returns what the node of an exported workflow has that its description does not. */
export function nodeProblems(node: ExportedNode): string[] {
	const description = descriptionOf(node.type);
	if (description === undefined) return N8N_OWN.test(node.type) ? [] : [`unknown node type ${node.type}`];
	const parameters = node.parameters ?? {};
	const shown = shownFor(description, decisions(description, { ...parameters, [VERSION]: node.typeVersion ?? 1 }));
	const credentials = (description.credentials ?? []).map(({ name }) => name);
	return [
		...([description.version].flat().includes(node.typeVersion ?? 1) ? [] : [`unknown version ${node.typeVersion}`]),
		...Object.keys(node.credentials ?? {})
			.filter((name) => !credentials.includes(name))
			.map((name) => `unknown credential ${name}`),
		...unknownParameters(parameters, description.polling ? [...shown, POLL_TIMES] : shown),
		...shown.filter((property) => property.required && isEmpty(parameters[property.name] ?? property.default)).map(({ name }) => `${name} is empty`),
	];
}

function descriptionOf(type: string): INodeTypeDescription | undefined {
	return NODES.find(({ value }) => type === `${PACKAGE}.${value.description.name}`)?.value.description;
}

/** n8n gives it to every trigger that polls. */
const POLL_TIMES: INodeProperties = {
	displayName: 'Poll Times',
	name: 'pollTimes',
	type: 'fixedCollection',
	default: {},
	options: cronNodeOptions,
};

/** The choices on which it depends what else is shown, as given or preselected; one made by an expression is left out. */
function decisions(description: INodeTypeDescription, parameters: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	const values: Record<string, unknown> = {};
	for (const name of decidersOf(description)) {
		const fallback = shownFor(description, values).find((property) => property.name === name)?.default;
		const value = parameters[name] ?? fallback;
		if (!isExpression(value)) values[name] = value;
	}
	return values;
}

function isExpression(value: unknown): boolean {
	return typeof value === 'string' && value.startsWith('=');
}

function isEmpty(value: unknown): boolean {
	return value === '' || (Array.isArray(value) && value.length === 0);
}

function unknownParameters(values: Readonly<Record<string, unknown>>, known: readonly INodeProperties[]): string[] {
	return Object.entries(values).flatMap(([name, value]) => {
		const property = known.find((candidate) => candidate.name === name);
		if (property === undefined) return [`unknown parameter ${name}`];
		return valueProblems(property, value);
	});
}

function valueProblems(property: INodeProperties, value: unknown): string[] {
	if (isExpression(value)) return [];
	const { name, type, typeOptions } = property;
	if (typeOptions?.loadOptionsMethod) {
		// Names and ids of somebody's own vaults.
		const isList = Array.isArray(value) && value.every((one) => typeof one === 'string' && one !== '');
		return isList ? [] : [`${name} is no list of names or ids`];
	}
	if (name === 'cronExpression' && isTooOften(String(value))) return [`${name} polls more than once a minute`];
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

/** n8n refuses to activate such a workflow. */
function isTooOften(cron: string): boolean {
	return cron.trim().split(/\s+/)[0]?.includes('*') === true;
}
