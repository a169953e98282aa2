/** Where the values of parameters come from. */

import type { IExecuteFunctions } from 'n8n-workflow';

import type { JsonObject } from '../../core/json';
import type { ParameterValues } from './parameter';

/** The parameters of a node for one input item. */
export class NodeParameters implements ParameterValues {
	constructor(
		private readonly node: Pick<IExecuteFunctions, 'getNodeParameter'>,
		private readonly itemIndex: number,
	) {}

	value(name: string): unknown {
		// Without a fallback n8n refuses a parameter that is not set.
		return (this.node.getNodeParameter(name, this.itemIndex, null) as unknown) ?? undefined;
	}

	/** @returns what the editor shows: an expression as written, with `=` before it. */
	source(name: string): unknown {
		return this.node.getNodeParameter(name, this.itemIndex, null, { rawExpressions: true }) as unknown;
	}

	isGiven(name: string): boolean {
		return isExpression(this.source(name));
	}

	/** @returns the members of a collection, each evaluated by itself: the expressions of the others may fail. */
	inside(collection: string): ParameterValues {
		return {
			value: (name) => this.value(`${collection}.${name}`),
			isGiven: (name) => this.isGiven(`${collection}.${name}`),
		};
	}
}

/** @returns the members of a collection, or those of a row. */
export function membersOf(members: JsonObject): ParameterValues {
	return {
		value: (name) => members[name] ?? undefined,
		isGiven: (name) => name in members,
	};
}

export function isExpression(source: unknown): boolean {
	return typeof source === 'string' && /^=\s*\S/.test(source);
}
