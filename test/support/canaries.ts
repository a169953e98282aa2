/** Values that must not get out. Each is recognisable, and looked for in every form it could be written in. */

const MARK = 'CANARY';

export function canary(name: string): string {
	return `${MARK}-${name}-7f3a"\\/+é`;
}

/** @returns the names of the canaries and secrets that the text holds, as they are or as JSON, a URL or Base64 write them. */
export function leaksIn(text: string, secrets: readonly string[]): string[] {
	return secrets.filter((secret) =>
		[
			secret,
			JSON.stringify(secret).slice(1, -1),
			JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1),
			encodeURIComponent(secret),
			Buffer.from(secret).toString('base64'),
		].some((form) => text.includes(form)),
	);
}
