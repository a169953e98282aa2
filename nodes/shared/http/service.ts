/** What a service brings to the HTTP layer: everything that differs between Connect, the Events API and any other. */

import type { ErrorDetails } from '../core/errors/onePasswordError';
import type { FailureKind, HttpRequest, HttpResponse, Method } from './transport';

/** What happened, and what to do about it. */
export type Verdict = Pick<ErrorDetails, 'code' | 'message' | 'advice'>;

/** What went wrong without a word from the service: no answer, one that is not its own, or one from something in between. */
export type SilentFailure = FailureKind | 'unreadable' | 'fromBetween';

/**
 * A refusal because another writer was there at that moment. `certain`: nothing was done. `possible`: the service answers
 * like this when it breaks down, too.
 */
export type Conflict = 'certain' | 'possible';

export interface Service {
	/** As it reads within a sentence, such as `the Connect server`. */
	readonly name: string;
	/** @returns the message of an error in the service's own form; `undefined` for an answer in any other form. */
	readonly messageOf: (response: HttpResponse) => string | undefined;
	/**
	 * @param said the message of the answer, in the service's own form. A verdict must not repeat it: it may hold a value.
	 * @returns what an answer means that is not the one asked for; `undefined` if it cannot be an answer of this service.
	 */
	readonly diagnose: (request: HttpRequest, response: HttpResponse, said: string | undefined) => Verdict | undefined;
	/** @returns whether a refusal is known to be wrong, and gone a moment later. Default never. */
	readonly isSpurious?: (status: number, said: string) => boolean;
	/** @returns whether the answer to a write is a conflict. Default never. */
	readonly conflictOf?: (method: Method, status: number) => Conflict | undefined;
	/** Where the general verdicts on silent failures are not good enough. Default none. */
	readonly silentFailures?: Readonly<Partial<Record<SilentFailure, Partial<Verdict>>>>;
}
