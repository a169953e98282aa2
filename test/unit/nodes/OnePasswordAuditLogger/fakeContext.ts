/** What an operation of the Audit Logger gets, over plain data. Services are an error unless a test brings some. */

import type { IDataObject } from 'n8n-workflow';

import type { AuditContext, NotedWords } from '../../../../nodes/OnePasswordAuditLogger/auditContext';
import type { Disclosed } from '../../../../nodes/shared/n8n/operations/discloser';
import { NodeParameters } from '../../../../nodes/shared/n8n/parameters/nodeParameters';
import { fakeNode, NODE } from '../../n8n/fakeNode';
import { disclose } from '../../n8n/operations/disclose';

export interface FakeContext extends AuditContext {
	/** Messages shown so far. */
	readonly hints: readonly string[];
}

/** @param parameters of the input item. @param rest in place of a scheduled execution of a node without input, neighbours and memory. */
export function fakeContext(parameters: Readonly<Record<string, unknown>> = {}, rest: Partial<AuditContext> = {}): FakeContext {
	const hints: string[] = [];
	const staticData: IDataObject = {};
	const { id, name, type, typeVersion } = NODE;
	return {
		parameters: new NodeParameters(fakeNode({ inputs: [parameters] }), 0),
		disclose: disclose(),
		inputs: [],
		self: { id, name, type, typeVersion },
		workflowId: 'wf1',
		executionId: '42',
		isManual: false,
		timeZone: 'UTC',
		now: Date.now,
		staticData: () => staticData,
		notedWords: noWords(),
		nodesBefore: () => [],
		nodesAfter: () => [],
		services: { connect: refuse, events: refuse },
		hint: (message) => void hints.push(message),
		logFailures: async () => await Promise.resolve(),
		...rest,
		hints,
	};
}

/** @returns the rows of the first output, or of the only one. */
export function rowsOf(output: Disclosed | ReadonlyArray<Disclosed | readonly Disclosed[]>): IDataObject[] {
	const [first] = [output].flat();
	return [first ?? []].flat().map(({ json }) => json as IDataObject);
}

async function refuse(): Promise<never> {
	return await Promise.reject(new Error('The fake context has no service'));
}

/** A memory that starts empty. */
function noWords(): NotedWords {
	const words = new Set<string>();
	return {
		count: async () => await Promise.resolve(words.size),
		note: async (word) => {
			const wasNoted = words.has(word);
			words.add(word);
			return await Promise.resolve(wasNoted);
		},
		forget: async (word) => {
			words.delete(word);
			await Promise.resolve();
		},
	};
}
