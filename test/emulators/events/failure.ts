/** An answer other than success. The texts are guesses, because none are published. */
export class EventsFailure extends Error {
	constructor(
		readonly status: number,
		message: string,
		/** Seconds. */
		readonly retryAfter?: number,
	) {
		super(message);
		this.name = 'EventsFailure';
	}
}

export const failure = {
	badRequest: (message: string) => new EventsFailure(400, message),
	badCursor: () => new EventsFailure(400, 'invalid cursor'),
	unauthorized: () => new EventsFailure(401, 'Unauthorized access'),
	notFound: () => new EventsFailure(404, 'Not found'),
	tooMany: (retryAfter?: number) => new EventsFailure(429, 'Too many requests', retryAfter),
};
