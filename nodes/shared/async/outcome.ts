import { OnePasswordError } from '../core/errors/onePasswordError';

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: OnePasswordError };

/** @returns whether it is worth finding out what became of a write. */
export function isOutcomeReadable({ details }: OnePasswordError): boolean {
	return details.outcomeUnknown === true && !details.cancelled;
}

/** Makes a failed request a value to decide on. Programming errors still reject. */
export async function outcomeOf<T>(request: Promise<T>): Promise<Outcome<T>> {
	return await request.then(
		(value): Outcome<T> => ({ ok: true, value }),
		(error: unknown): Outcome<T> => {
			if (error instanceof OnePasswordError) return { ok: false, error };
			throw error;
		},
	);
}
