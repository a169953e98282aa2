/** What the n8n layer asks of a node while it runs, over plain data. Anything else it asks for is an error. */

import { createHash } from 'node:crypto';

import type { IBinaryData, IExecuteFunctions, IHttpRequestOptions, INode, IWorkflowSettings } from 'n8n-workflow';

export interface FakeNodeOptions {
	/** Parameters of each input item. Default one item without any. */
	readonly inputs?: ReadonlyArray<Readonly<Record<string, unknown>>>;
	readonly node?: Partial<INode>;
	readonly continueOnFail?: boolean;
	readonly credential?: Readonly<Record<string, unknown>>;
	/** Takes the place of n8n's HTTP helper. */
	readonly http?: (options: IHttpRequestOptions) => Promise<unknown>;
	readonly isToolExecution?: () => boolean;
	/** Of the workflow. Default: none is set. */
	readonly settings?: IWorkflowSettings;
	/** Gets what is logged. Default: nobody. */
	readonly onLog?: (level: 'error' | 'warn', message: string, metadata: object) => void;
	/** Default: a release of n8n that knows no hints. */
	readonly addExecutionHints?: IExecuteFunctions['addExecutionHints'];
}

export const NODE: INode = {
	id: 'node-id',
	name: 'Rotate key',
	type: 'n8n-nodes-1password-connect.onePassword',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

export function fakeNode({
	inputs = [{}],
	node = {},
	continueOnFail = false,
	credential = {},
	http,
	isToolExecution,
	settings,
	addExecutionHints,
	onLog,
}: FakeNodeOptions = {}): IExecuteFunctions {
	const known = {
		getNode: () => ({ ...NODE, ...node }),
		getInputData: () => inputs.map((json) => ({ json })),
		getNodeParameter: (name: string, index: number, fallback?: unknown) =>
			memberAt(inputs[index], name) ?? memberAt(node.parameters, name) ?? fallback,
		continueOnFail: () => continueOnFail,
		getCredentials: async () => await Promise.resolve(credential),
		getWorkflow: () => ({ id: 'wf1' }),
		getExecutionId: () => '42',
		getTimezone: () => 'UTC',
		getMode: () => 'trigger',
		logger: {
			error: (message: string, metadata: object) => onLog?.('error', message, metadata),
			warn: (message: string, metadata: object) => onLog?.('warn', message, metadata),
		},
		helpers: {
			prepareBinaryData: async (bytes: Buffer, fileName: string): Promise<Partial<IBinaryData>> =>
				await Promise.resolve({ fileName, data: createHash('sha256').update(bytes).digest('hex') }),
			httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) => await http?.(options),
		},
		...(isToolExecution && { isToolExecution }),
		...(settings && { getWorkflowSettings: () => settings }),
		...(addExecutionHints && { addExecutionHints }),
	};
	return new Proxy(known, {
		get: (target, member) => {
			if (member in target || typeof member === 'symbol' || OPTIONAL.has(member)) return Reflect.get(target, member) as unknown;
			throw new Error(`The fake node has no ${member}`);
		},
	}) as unknown as IExecuteFunctions;
}

/** What newer releases of n8n have and older ones lack. */
const OPTIONAL: ReadonlySet<string> = new Set(['addExecutionHints', 'getExecutionCancelSignal', 'getWorkflowSettings', 'isToolExecution', 'then']);

/** `options.timeout` is the member `timeout` of `options`, as in n8n. */
function memberAt(source: unknown, path: string): unknown {
	return path.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], source);
}
