/** What n8n gives a poll of the trigger, over plain data: parameters, static data, and HTTP that ends at an emulator. */

import axios from 'axios';
import type { IDataObject, IHttpRequestOptions, IPollFunctions } from 'n8n-workflow';

import { NODE } from '../../../n8n/fakeNode';

export interface FakePollOptions {
	readonly parameters?: Readonly<Record<string, unknown>>;
	readonly credential?: Readonly<Record<string, unknown>>;
	readonly mode?: 'manual' | 'trigger';
	readonly activation?: string;
	/** Milliseconds; none = a release that sets no limit. */
	readonly budgetMs?: number;
	readonly nodeId?: string;
	/** What is written to n8n's log. */
	readonly warnings?: object[];
	/** Static data that outlives a poll. */
	readonly data?: { readonly node: IDataObject; readonly global: IDataObject };
	/** Gets what is logged. Default: nobody. */
	readonly onLog?: (message: string, metadata: object) => void;
}

export function fakePoll(options: FakePollOptions = {}): IPollFunctions {
	const { parameters = {}, data = { node: {}, global: {} }, mode = 'trigger', activation = 'activate' } = options;
	const known = {
		getNode: () => ({ ...NODE, id: options.nodeId ?? NODE.id }),
		getNodeParameter: (name: string, fallback?: unknown) => parameters[name] ?? fallback,
		getWorkflow: () => ({ id: 'wf1' }),
		getWorkflowStaticData: (type: 'node' | 'global') => data[type],
		getMode: () => mode,
		getActivationMode: () => activation,
		logger: {
			error: (message: string, metadata: object) => options.onLog?.(message, metadata),
			warn: (message: string, facts: object) => void options.warnings?.push({ message, ...facts }),
		},
		getCredentials: async () => await Promise.resolve(options.credential),
		...(options.budgetMs !== undefined && { getPollBudgetMs: () => options.budgetMs }),
		helpers: { httpRequestWithAuthentication: async (_type: string, request: IHttpRequestOptions) => await send(request, options) },
	};
	return known as unknown as IPollFunctions;
}

async function send({ method, url, headers }: IHttpRequestOptions, { credential }: FakePollOptions): Promise<unknown> {
	const answer = await axios.request({
		method,
		url,
		headers: { ...(headers as Record<string, string>), Authorization: `Bearer ${String(credential?.accessToken)}` },
		responseType: 'arraybuffer',
		validateStatus: () => true,
	});
	return { statusCode: answer.status, headers: answer.headers, body: answer.data };
}
