/** @returns the id (`jti`) by which Connect's activity log names an access token; `undefined` for a token of another form. */
export function tokenIdOf(token: string): string | undefined {
	try {
		const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { jti?: unknown } | null;
		return typeof claims?.jti === 'string' && claims.jti !== '' ? claims.jti : undefined;
	} catch {
		return undefined;
	}
}
