/** Turns secret references into what authenticates an HTTP request: a header or a query parameter. */

import { OnePasswordError, invalidInput } from '../../core/errors/onePasswordError';
import { cleanLoneReference } from '../../core/references/copiedReference';
import { isReference } from '../../core/references/secretReference';
import { parseTextTemplate, type Template } from '../../core/references/secretTemplate';
import type { ReadingRun } from '../run/connectRun';
import { resolveReferences } from './resolveReferences';
import type { Perishable } from './secretCache';

export const HTTP_SECRET_KINDS = ['basic', 'bearer', 'header', 'query'] as const;

export interface HttpSecretSettings {
	readonly kind: (typeof HTTP_SECRET_KINDS)[number];
	/** Name of the header or query parameter. */
	readonly name: string;
	/** For basic authentication: text, which may contain references. */
	readonly username: string;
	/** A reference, or text with references in template syntax. */
	readonly secret: string;
	/** Milliseconds; 0 = keep nothing. */
	readonly keepMs: number;
	/** Whether to remove one line break from the end of each value, as is common in notes and files. */
	readonly dropsLineEnd: boolean;
}

export interface HttpSecret {
	readonly headers?: Readonly<Record<string, string>>;
	readonly query?: Readonly<Record<string, string>>;
}

const MAX_KEEP_SECONDS = 3_600;
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;

/** @throws OnePasswordError INVALID_INPUT for invalid settings, before anything is read. */
export function readHttpSecretSettings(credential: Readonly<Record<string, unknown>>): HttpSecretSettings {
	const text = (name: string): string => String(credential[name] ?? '').trim();
	const kind = HTTP_SECRET_KINDS.find((known) => known === text('sendAs'));
	if (kind === undefined) throw invalidInput("'Send As' has an unknown value.", 'Choose one from the list.');
	const name = kind === 'header' ? text('headerName') : kind === 'query' ? text('queryName') : '';
	if (kind === 'header' && !HEADER_NAME.test(name)) {
		throw invalidInput("'Header Name' is empty or not a valid header name.", 'Use a name such as X-API-Key.');
	}
	if (kind === 'query' && name === '') throw invalidInput("'Parameter Name' is empty.", 'Enter a parameter name, such as api_key.');
	const secret = cleanLoneReference(text('reference'));
	if (templateOf(secret).references.length === 0) {
		throw invalidInput(
			"'Secret Reference' does not contain a secret reference.",
			'Use the form op://vault/item/field: a secret entered here would be stored in n8n.',
		);
	}
	requireSendableText(secret, kind);
	const seconds = Number(credential.cacheSeconds ?? 60);
	if (!(seconds >= 0 && seconds <= MAX_KEEP_SECONDS)) {
		throw invalidInput(`'Cache Time' must be 0 to ${MAX_KEEP_SECONDS} seconds.`, 'Use 60, or 0 to keep nothing.');
	}
	return {
		kind,
		name,
		username: requireName(cleanLoneReference(text('username'))),
		secret,
		keepMs: seconds * 1000,
		dropsLineEnd: credential.dropTrailingLineBreak === true,
	};
}

/** @throws OnePasswordError that contains the reference that can't be resolved or whose value can't be sent. */
export async function resolveHttpSecret(run: ReadingRun, settings: HttpSecretSettings): Promise<Perishable<HttpSecret>> {
	const username = templateOf(settings.kind === 'basic' ? settings.username : '');
	const secret = templateOf(settings.secret);
	const references = [...username.references, ...secret.references];
	const resolved = (await resolveReferences(run, references)).map((outcome) => {
		if (!outcome.ok) throw outcome.error;
		return outcome.value;
	});
	const values = resolved.map(({ value = '' }, index) => {
		const wanted = settings.dropsLineEnd ? value.replace(/\r?\n$/, '') : value;
		return requireSendable(wanted, references[index] ?? '', settings);
	});
	const split = username.references.length;
	// A one-time password is useless after it expires.
	const lives = resolved.flatMap(({ secondsLeft }) => (secondsLeft === undefined ? [] : [secondsLeft * 1000]));
	return {
		value: compose(settings, username.render(values.slice(0, split)), secret.render(values.slice(split))),
		keepMs: Math.min(settings.keepMs, ...lives),
	};
}

function compose({ kind, name }: HttpSecretSettings, username: string, secret: string): HttpSecret {
	switch (kind) {
		case 'basic':
			return { headers: { Authorization: `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}` } };
		case 'bearer':
			return { headers: { Authorization: `Bearer ${secret}` } };
		case 'header':
			return { headers: { [name]: secret } };
		case 'query':
			return { query: { [name]: secret } };
	}
}

/** Text that starts like a reference is one, including any spaces; anything else is a template. */
function templateOf(text: string): Template<string> {
	return isReference(text) && !text.includes('{{') ? { references: [text], render: ([value = '']) => value } : parseTextTemplate(text);
}

const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** A line break or other control character breaks the request or the secret, wherever it is sent. */
const CONTROL = /[\u0000-\u001f\u007f]/;

/** @throws OnePasswordError INVALID_INPUT, which says where the value comes from; Node.js would not. */
function requireSendable(value: string, reference: string, { kind }: HttpSecretSettings): string {
	const isHeader = kind === 'bearer' || kind === 'header';
	const isSendable = isHeader ? HEADER_VALUE.test(value) : !CONTROL.test(value);
	if (value !== '' && isSendable) return value;
	throw new OnePasswordError({ code: 'INVALID_INPUT', ...explain(value, reference, isHeader), reference });
}

function explain(value: string, reference: string, isHeader: boolean): { message: string; advice: string } {
	const what = `The value of "${reference}"`;
	if (value === '') return { message: `${what} is empty.`, advice: 'Check the item in 1Password, or use another field.' };
	if (/[\r\n]$/.test(value) && !CONTROL.test(value.replace(/\r?\n$/, ''))) {
		return {
			message: `${what} ends with a line break, which is not allowed in a ${isHeader ? 'header' : 'request'}.`,
			advice: "Remove the line break in 1Password, or turn on 'Drop Trailing Line Break' in the credential.",
		};
	}
	return {
		message: `${what} contains a line break or another character that is not allowed in a ${isHeader ? 'header' : 'request'}.`,
		advice: 'Check the item in 1Password, or use another field.',
	};
}

/** The text around the references is sent as well. */
function requireSendableText(secret: string, kind: HttpSecretSettings['kind']): void {
	const { references, render } = templateOf(secret);
	const text = render(references.map(() => ''));
	if (!CONTROL.test(text) && (kind === 'basic' || kind === 'query' || HEADER_VALUE.test(text))) return;
	throw invalidInput(
		"'Secret Reference' contains a line break or another character that is not allowed in a request.",
		'Enter it on one line, with plain quotes.',
	);
}

/** The entered user name is sent the same way. */
function requireName(username: string): string {
	if (!CONTROL.test(username)) return username;
	throw invalidInput("'User Name' contains a line break or another control character.", 'Enter it on one line.');
}
