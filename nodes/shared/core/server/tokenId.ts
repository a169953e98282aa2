import { readTokenInfo } from './tokenInfo';

/** @returns the ID (`jti`) of an access token in Connect's activity log; `undefined` for a token in another format. */
export function tokenIdOf(token: string): string | undefined {
	return readTokenInfo(token).tokenId;
}
