/** Takes secrets out of text that somebody else wrote, such as a server's error message. */

const BEARER_TOKEN = /eyJ[\w-]+\.[\w-]+\.[\w-]*|\bBearer\s+\S+/gi;

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
	const json = JSON.stringify(secret).slice(1, -1);
	const url = encodeURIComponent(Buffer.from(secret).toString());
	return [
		secret,
		json,
		JSON.stringify(json).slice(1, -1),
		url,
		// Connect is written in Go, whose queries write a space as "+" and escape more.
		url.replace(/%20/g, '+').replace(/[!'()*]/g, percentEncode),
		Buffer.from(secret).toString('base64'),
	];
}

function percentEncode(character: string): string {
	return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** Members of a request's body that say what something is, never what its value is. */
const DESCRIPTIVE_MEMBERS: ReadonlySet<string> = new Set([
	'category',
	'id',
	'label',
	'op',
	'path',
	'purpose',
	'recipe',
	'section',
	'sections',
	'tags',
	'title',
	'type',
	'vault',
]);

/** @returns every text of a request's body that may be a value of a field. */
export function valuesIn(body: unknown): string[] {
	if (typeof body === 'string') return [body];
	if (typeof body !== 'object' || body === null) return [];
	return Object.entries(body).flatMap(([name, member]) =>
		DESCRIPTIVE_MEMBERS.has(name) ? [] : valuesIn(member),
	);
}
