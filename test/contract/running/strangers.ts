/** A valid ID that nothing has. */
export const STRANGE_ID = 'zyxwvutsrqponmlkjihgfedcba';

/** The token with another signature. */
export function forged(token: string): string {
	const [head = 'e30', claims = 'e30', signature = ''] = token.split('.');
	return [head, claims, signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`].join('.');
}
