/** Faults are data: which requests, how often, and what goes wrong. The first match in the script is used. */
export type Fault = FaultAim & FaultKind;

export interface FaultAim {
	/** Every given property must match. Default: every request. */
	readonly match?: FaultMatch;
	/** How many requests it hits. Default 1; `Infinity` for all. */
	readonly times?: number;
	/** How many matching requests pass before the first hit. Default 0. */
	readonly skip?: number;
}

export interface FaultMatch {
	readonly method?: string;
	/** As in the API description, e.g. `/v1/vaults/{vaultUuid}/items/{itemUuid}`. */
	readonly route?: string;
	/** Tested against the raw path with its query, as the client sent it. */
	readonly path?: RegExp;
}

export type FaultKind =
	| StatusFault
	/** Waits, then acts and answers as usual. */
	| { readonly kind: 'delay'; readonly delayMs: number }
	/** Destroys the socket before an answer. `act` (default true): the request takes effect first. */
	| { readonly kind: 'resetBeforeHeaders'; readonly act?: boolean }
	/**
	 * Acts, sends the headers and half of the body, then destroys the socket. An answer without body is cut before its
	 * headers.
	 */
	| { readonly kind: 'cutMidBody' }
	/** Acts, then answers 200 with JSON that breaks off, under a right Content-Length. */
	| { readonly kind: 'malformedJson' }
	/** A proxy's HTML page, without acting. `status` default 200. */
	| { readonly kind: 'html'; readonly status?: number }
	/** Sends the client elsewhere, without acting. `status` default 302. */
	| { readonly kind: 'redirect'; readonly location: string; readonly status?: number }
	/** Never answers, never acts. */
	| { readonly kind: 'hang' };

/** Answers without acting. */
export interface StatusFault {
	readonly kind: 'status';
	readonly status: number;
	/** Default: the status' usual phrase. */
	readonly message?: string;
	/** Retry-After: seconds, or an HTTP date. */
	readonly retryAfter?: number | string;
	/** Instead of the usual JSON error: an object is sent as JSON, a string as it is. */
	readonly body?: unknown;
	/** Default 'application/json'. */
	readonly contentType?: string;
	readonly headers?: Readonly<Record<string, string>>;
}

export interface FaultScript {
	/** Adds faults to the end of the script. */
	script(...faults: Fault[]): void;
	clear(): void;
	/** How many hits are still to come. */
	readonly pending: number;
}

interface ScriptedFault {
	readonly fault: Fault;
	toSkip: number;
	left: number;
}

/** The faults still to come, in order. */
export class FaultQueue implements FaultScript {
	private queue: ScriptedFault[] = [];

	script(...faults: Fault[]): void {
		for (const fault of faults) this.queue.push({ fault, toSkip: fault.skip ?? 0, left: fault.times ?? 1 });
	}

	clear(): void {
		this.queue = [];
	}

	get pending(): number {
		return this.queue.reduce((sum, { left }) => sum + left, 0);
	}

	/** The fault for this request, used up by asking. */
	take(request: { method: string; route: string; path: string }): Fault | undefined {
		for (const scripted of this.queue) {
			if (!fits(scripted.fault.match, request)) continue;
			if (scripted.toSkip > 0) {
				scripted.toSkip -= 1;
				continue;
			}
			scripted.left -= 1;
			this.queue = this.queue.filter(({ left }) => left > 0);
			return scripted.fault;
		}
		return undefined;
	}
}

function fits(match: FaultMatch | undefined, request: { method: string; route: string; path: string }): boolean {
	if (match === undefined) return true;
	if (match.method !== undefined && match.method.toUpperCase() !== request.method) return false;
	if (match.route !== undefined && match.route !== request.route) return false;
	// A global or sticky expression remembers where it stopped; search() does not.
	return match.path === undefined || request.path.search(match.path) >= 0;
}
