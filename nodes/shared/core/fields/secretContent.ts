/**
 * Recognises secrets by what they look like, wherever they are stored. A type may be wrong: another client's PUT turns a
 * private key into text, and people paste tokens into text fields.
 *
 * Identifiers that belong to a secret stay visible: AWS access key IDs (AKIA…), Twilio SIDs (AC…, SK…), publishable Stripe
 * keys (pk_…), public keys and certificates.
 */

import { TOKEN_FORMS } from './tokenForms';

/** In any letter case. */
const PRIVATE_KEYS = [
	// PKCS#8, encrypted or not, PKCS#1, EC, DSA, OpenSSH, PGP, SSH2; on one line or many.
	'-{4,5} ?BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)? ?-{4,5}',
	'PuTTY-User-Key-File-\\d',
	'AGE-SECRET-KEY-1[A-Z0-9]{20,}',
];

/** In any letter case. */
const NAMED = [
	'otpauth(?:-migration)?:',
	// A secret access key has no prefix, so its name identifies it.
	'aws_?secret_?access_?key\\W{1,6}[A-Za-z0-9/+]{40}',
	'(?:Account|Private|SharedAccess)Key\\s?=\\s?[A-Za-z0-9+/]{40,}',
	'(?:password|pwd)=[^;&\\s]{6,}',
	// The private part of a JSON Web Key.
	'"[dk]\\\\?"\\s{0,4}:\\s{0,4}\\\\?"[\\w-]{22,}',
	// Okta.
	'SSWS 00[\\w-]{40}',
	'authorization["\']?\\s?[:=]\\s?["\']?(?:basic|bearer|token) [\\w.~+/=-]{16,}',
];

/** PEM in Base64, as in kubeconfig files; certificates and public keys are not secret. */
const ENCODED_KEYS = ['LS0tLS1CRUdJTi(?!BDRVJUSUZJQ0FUR|BQVUJMSUMg)[\\w+/]{8,}'];

/** Signed or encrypted, even without a signature. A Connect server's access token is one too. */
const JSON_WEB_TOKENS = ['(?:eyJ|eyA|ewo|ew0)[\\w-]{8,4096}\\.[\\w-]*\\.[\\w-]*'];

/** A password in a connection string. */
const ADDRESSES = ['[A-Za-z][\\w+.-]{0,30}://[^/?#@:\\s]*:[^/?#@\\s]+@'];

const ANY_CASE = anyOf([...PRIVATE_KEYS, ...NAMED], 'i');

const EXACT = anyOf([...ENCODED_KEYS, ...JSON_WEB_TOKENS, ...TOKEN_FORMS, ...ADDRESSES]);

/**
 * Without a prefix that only they have, these are known by standing alone: an AWS secret access key (40 characters of Base64)
 * and an Okta token. A hash in hex has no upper-case letters.
 */
const ALONE = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?:[A-Za-z0-9/+]{40}|00[\w-]{40})$/;

const PRIVATE_KEY = anyOf(PRIVATE_KEYS, 'i');

function anyOf(sources: readonly string[], flags = ''): RegExp {
	return new RegExp(`(?<![A-Za-z0-9])(?:${sources.join('|')})`, flags);
}

/** @returns whether the text is or contains something that is known to be secret. */
export function holdsSecret(text: string): boolean {
	return ANY_CASE.test(text) || EXACT.test(text) || ALONE.test(text.trim());
}

/** @returns whether the text is, or contains, a private key. */
export function holdsPrivateKey(text: string): boolean {
	return PRIVATE_KEY.test(text);
}
