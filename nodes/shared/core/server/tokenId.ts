import { readTokenInfo } from './tokenInfo';

/** @returns the id (`jti`) by which Connect's activity log names an access token; `undefined` for a token of another form. */
export function tokenIdOf(token: string): string | undefined {
	return readTokenInfo(token).tokenId;
}
