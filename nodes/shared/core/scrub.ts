/** Takes secrets out of text that somebody else wrote, such as a server's error message. */

const BEARER_TOKEN = /\beyJ[\w-]+\.[\w-]+\.[\w-]*|\bBearer\s+\S+/gi;

/** Characters of a server's message that are kept. */
const MAX_MESSAGE_CHARACTERS = 300;

/** Values shorter than this occur in any text by chance; a value that short is no secret worth naming. */
const MIN_SECRET_CHARACTERS = 3;

/** @returns the text without the secrets, however JSON, a URL or Base64 would write them. */
export function scrubText(text: string, secrets: readonly string[]): string {
	const scrubbed = secrets
		.filter((secret) => secret.length >= MIN_SECRET_CHARACTERS)
		.flatMap(writtenForms)
		.sort((a, b) => b.length - a.length)
		.reduce((rest, secret) => rest.split(secret).join('[…]'), text)
		.replace(BEARER_TOKEN, '[…]');
	return scrubbed.length > MAX_MESSAGE_CHARACTERS
		? `${scrubbed.slice(0, MAX_MESSAGE_CHARACTERS)}…`
		: scrubbed;
}

function writtenForms(secret: string): string[] {
	return [
		secret,
		JSON.stringify(secret).slice(1, -1),
		encodeURIComponent(Buffer.from(secret).toString()),
		Buffer.from(secret).toString('base64'),
	];
}

/** @returns every text that stands under a key `value` anywhere in a request's body. */
export function valuesIn(body: unknown): string[] {
	if (typeof body !== 'object' || body === null) return [];
	return Object.entries(body).flatMap(([key, member]) =>
		key === 'value' && typeof member === 'string' ? [member] : valuesIn(member),
	);
}
