import type { Visit } from './activityLog';
import type { ConnectState } from './state';
import type { View } from './store/view';
import type { Grant } from './tokens';

/** A request as an endpoint gets it. */
export interface Exchange {
	readonly method: string;
	/** Ids from the path, '' where the route has none. */
	readonly vaultId: string;
	readonly itemId: string;
	readonly fileId: string;
	readonly query: URLSearchParams;
	readonly bodyText: string;
	readonly authorization: string | undefined;
	/** Reads: the answering replica's copy. Writes: the copy that the knob `patchBase` says. */
	readonly view: View;
}

export interface Answer {
	readonly status: number;
	readonly headers?: Readonly<Record<string, string>>;
	/** Default 'application/json'. */
	readonly contentType?: string;
	readonly body?: string | Buffer;
	/** Whether it changed vaults or items. Default false. */
	readonly applied?: boolean;
	/** What the activity log shows of it. Default nothing. */
	readonly visits?: readonly Visit[];
}

export type Endpoint = (state: ConnectState, exchange: Exchange, grant: Grant) => Answer | Promise<Answer>;

export function json(value: unknown, rest: Omit<Answer, 'status' | 'body'> = {}): Answer {
	return { status: 200, body: JSON.stringify(value), ...rest };
}
