/** Which failures concern a single reference, and how they refer to it. */

import { OnePasswordError, type ErrorCode } from '../../core/errors/onePasswordError';
import { isReference } from '../../core/references/secretReference';
import { outcomeOf, type Outcome } from '../../async/outcome';

/** The others, such as AUTH_FAILED or NETWORK, concern all references. */
const OF_ONE_REFERENCE: ReadonlySet<ErrorCode> = new Set([
	'VAULT_NOT_FOUND',
	'ITEM_NOT_FOUND',
	'FIELD_NOT_FOUND',
	'AMBIGUOUS',
	'INVALID_INPUT',
	'FORBIDDEN',
]);

/** Returns a single reference's failure as a value; throws any other. */
export async function attempt<T>(task: () => Promise<T>): Promise<Outcome<T>> {
	const outcome = await outcomeOf(task());
	if (outcome.ok || OF_ONE_REFERENCE.has(outcome.error.code)) return outcome;
	throw outcome.error;
}

const SHOWN_CHARACTERS = 200;

/**
 * @returns the error with the reference added. If the text is not a reference, its position is added instead, because it may
 * be a secret in the wrong field.
 */
export function nameReference(
	error: OnePasswordError,
	text: string,
	{ index, place }: { readonly index: number; readonly place?: string | undefined },
): OnePasswordError {
	const [firstLine = ''] = text.split(/[\u0000-\u001f\u007f]/, 1);
	const reference = isReference(text) ? firstLine.slice(0, SHOWN_CHARACTERS) : undefined;
	return new OnePasswordError({
		...error.details,
		message: `${[place ?? [], reference ?? (place ? [] : `Reference ${index + 1}`), error.message].flat().join(': ')}`,
		...(reference !== undefined && { reference }),
	});
}
