/**
 * What an operation is, and the resource that it belongs to. Knows nothing of the service behind an operation: that comes
 * with the context that the resource opens.
 */

import type { IExecuteFunctions, INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

import type { Disclosed } from './discloser';

/** What an operation says of itself. */
export interface OperationFacts {
	readonly value: string;
	readonly name: string;
	/** Sentence shown in the node's list of actions. */
	readonly action: string;
	readonly description: string;
	readonly properties: readonly INodeProperties[];
	/** Whether it runs once, for the first input item, however many there are. Default: for each of them. */
	readonly once?: boolean;
	/** How many input items are worked on at a time. Default 8. */
	readonly concurrency?: number;
	/** How many outputs of the node it fills. Default 1. */
	readonly outputs?: number;
}

/** One output item, or a list of them. */
export type OperationOutput = Disclosed | readonly Disclosed[];

/** A list for each output of the node. */
export type OutputLists = ReadonlyArray<readonly Disclosed[]>;

export interface SingleOutputOperation<Context> extends OperationFacts {
	readonly outputs?: undefined;
	/** Handles one input item. */
	readonly run: (context: Context) => OperationOutput | Promise<OperationOutput>;
}

export interface SeveralOutputsOperation<Context> extends OperationFacts {
	readonly outputs: number;
	readonly run: (context: Context) => OutputLists | Promise<OutputLists>;
}

export type Operation<Context> = SingleOutputOperation<Context> | SeveralOutputsOperation<Context>;

/** @returns what the operations get for one input item; called once a run. @param inputs how many input items there are. */
export type OpenContext<Context> = (node: IExecuteFunctions, inputs: number) => Promise<(itemIndex: number) => Context>;

interface ResourceFacts {
	readonly value: string;
	readonly name: string;
	/** What its operations authenticate with. */
	readonly credentials: readonly INodeCredentialDescription[];
	/** The operation of a new node. Default: `get` where there is one, since reading changes nothing, else the first. */
	readonly preselected?: string;
}

/** An operation together with its context, whose type nobody else needs to know. */
export interface OfferedOperation extends OperationFacts {
	readonly open: (node: IExecuteFunctions, inputs: number) => Promise<(itemIndex: number) => Promise<OutputLists>>;
}

export interface Resource extends ResourceFacts {
	readonly operations: readonly OfferedOperation[];
}

/** What a node can do: several resources to choose from, or only one, and then the node has no parameter 'Resource'. */
export type Offer = Resource | readonly Resource[];

export interface ResourceDefinition<Context> extends ResourceFacts {
	readonly operations: ReadonlyArray<Operation<Context>>;
	readonly openContext: OpenContext<Context>;
}

export function defineResource<Context>({ openContext, operations, ...facts }: ResourceDefinition<Context>): Resource {
	const offer = (operation: Operation<Context>): OfferedOperation => ({
		...operation,
		open: async (node, inputs) => {
			const contextOf = await openContext(node, inputs);
			return async (itemIndex) => await runOne(operation, contextOf(itemIndex));
		},
	});
	return { ...facts, operations: operations.map(offer) };
}

async function runOne<Context>(operation: Operation<Context>, context: Context): Promise<OutputLists> {
	if (operation.outputs !== undefined) return await operation.run(context);
	return [[await operation.run(context)].flat()];
}

export function resourcesOf(offer: Offer): readonly Resource[] {
	return 'operations' in offer ? [offer] : offer;
}
