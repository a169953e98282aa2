import { tokenFactsOf } from './tokenFacts';

/** @returns the id (`jti`) by which Connect's activity log names an access token; `undefined` for a token of another form. */
export function tokenIdOf(token: string): string | undefined {
	return tokenFactsOf(token).id;
}
