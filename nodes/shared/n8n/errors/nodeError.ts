/** The only place that builds n8n's errors. They carry the code, the sentence and the advice, and nothing they were made from. */

import { ExpressionError, NodeApiError, NodeOperationError, type IDataObject, type INode } from 'n8n-workflow';

import { OnePasswordError, UNEXPECTED, withLogCode, type ErrorCode } from '../../core/errors/onePasswordError';

type NodeError = NodeApiError | NodeOperationError;

/** @returns the error to throw, or to hand to the error output. */
export function toNodeError(node: INode, error: unknown, itemIndex?: number): NodeError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	const quietNode = withoutValues(node);
	if (!(error instanceof OnePasswordError)) {
		return new NodeOperationError(quietNode, error instanceof Error ? error : 'Unknown error', { itemIndex });
	}
	const { advice, details } = error;
	const message = withLogCode(error.message, error.code);
	const options = { message, description: describe(error), itemIndex, failure: failureOf(error) };
	const nodeError: NodeError =
		details.status === undefined
			? new NodeOperationError(quietNode, message, options)
			: new NodeApiError(quietNode, { message }, { ...options, httpCode: String(details.status) });
	// n8n replaces any message that contains an error code of Node.js, as in "approvePermissions" (EPERM).
	nodeError.message = message;
	nodeError.description = options.description;
	nodeError.messages = [];
	nodeError.context.data = { ...details, message: error.message, advice } as unknown as IDataObject;
	return nodeError;
}

/** @returns the code of any failure. An expression that n8n can't resolve is input that can't be used. */
export function codeOf(error: unknown): ErrorCode | typeof UNEXPECTED {
	if (error instanceof OnePasswordError) return error.code;
	return error instanceof ExpressionError ? 'INVALID_INPUT' : UNEXPECTED;
}

/**
 * @returns the `json` of an output item that stands for a failed input. Every release of n8n sends an item to the error
 * output whose only member is `error`; it would cut everything else off an error that stands beside the `json`.
 */
export function toErrorJson(error: unknown): IDataObject {
	if (!(error instanceof OnePasswordError)) {
		const message = error instanceof Error ? error.message : 'Unknown error';
		const code = codeOf(error);
		return { error: { ...(code !== UNEXPECTED && { code }), message } };
	}
	const { message, advice, details } = error;
	const { code, reference, route, status, candidates, outcomeUnknown } = details;
	return {
		error: {
			code,
			message,
			advice,
			...(reference !== undefined && { reference }),
			...(route !== undefined && { route }),
			...(status !== undefined && { status }),
			...(candidates && { candidates: candidates.map((candidate) => ({ ...candidate })) }),
			...(outcomeUnknown && { outcomeUnknown }),
		},
	};
}

/** n8n saves and logs the node with its error, and with it whatever value was typed into a parameter. */
function withoutValues(node: INode): INode {
	const { resource, operation } = node.parameters;
	return {
		...node,
		parameters: { ...(resource && { resource }), ...(operation && { operation }) },
	};
}

function describe({ code, advice }: OnePasswordError): string {
	return `${advice} [${code}]`;
}

type Failure = NonNullable<NonNullable<ConstructorParameters<typeof NodeApiError>[2]>['failure']>;

/** Tells the schedulers of newer n8n releases whether waiting helps; older ones ignore it. */
function failureOf({ code, details }: OnePasswordError): Failure | undefined {
	switch (code) {
		case 'AUTH_FAILED':
		case 'FORBIDDEN':
			return { cause: 'credential-invalid' };
		case 'RATE_LIMITED':
			return { cause: 'rate-limited', retryAfterMs: details.retryAfterMs };
		case 'UNAVAILABLE':
		case 'NETWORK':
			return { cause: 'temporarily-unavailable', retryAfterMs: details.retryAfterMs };
		case 'PROTOCOL':
			return undefined;
		default:
			return { cause: 'configuration-invalid' };
	}
}
