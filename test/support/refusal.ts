/** Looks for secrets in everything that an error could carry into a log, a database or an output item. */

import { inspect } from 'node:util';

import { expect } from '@jest/globals';

import { OnePasswordError, type ErrorCode, type ErrorDetails } from '../../nodes/shared/core/errors/onePasswordError';

/** A value that occurs in no text by chance, and differs in every written form. */
export const CANARY = 'canary "S3cret" & pässwörd/+=?';

/** @returns every text that can be extracted from the value: hidden properties, stack, causes and JSON. */
export function everyTextOf(value: unknown): string {
	const hidden = value instanceof Error ? Object.fromEntries(Object.entries(Object.getOwnPropertyDescriptors(value))) : undefined;
	return [
		String(value),
		inspect(value, { depth: Infinity, showHidden: true, maxStringLength: Infinity, maxArrayLength: Infinity }),
		JSON.stringify(value),
		JSON.stringify(hidden),
	].join('\n');
}

/** @returns the ways in which JSON, a URL or Base64 write a text. */
export function formsOf(text: string): string[] {
	const bytes = Buffer.from(text);
	const json = JSON.stringify(text).slice(1, -1);
	// A JSON text inside of another one, too.
	const jsonTwice = JSON.stringify(json).slice(1, -1);
	return [text, json, encodeURIComponent(text), bytes.toString('base64'), bytes.toString('base64url'), jsonTwice];
}

export function expectNoSecret(value: unknown, secrets: readonly string[]): void {
	const text = everyTextOf(value);
	const leaked = secrets.filter((secret) => formsOf(secret).some((form) => text.includes(form)));
	expect(leaked).toEqual([]);
}

export interface Refusal extends Partial<ErrorDetails> {
	readonly code: ErrorCode;
}

/** Expects the package's error with these details: whole sentences, a route template, no cause, and no secret anywhere. */
export async function expectRefusal(attempt: Promise<unknown>, expected: Refusal, secrets: readonly string[] = []): Promise<OnePasswordError> {
	const error = await attempt.then(
		(value) => {
			throw new Error(`Expected ${expected.code}, got an answer: ${inspect(value)}`);
		},
		(reason: unknown) => reason,
	);
	if (!(error instanceof OnePasswordError)) throw error;
	expect({ ...error.details }).toMatchObject(expected);
	expect([error.code, error.advice]).toEqual([error.details.code, error.details.advice]);
	expect(error.advice).toMatch(/\S\.$/);
	expect(error.details.route ?? '').not.toMatch(/[?]|\/[a-z0-9]{26}\b/);
	expect(error.cause).toBeUndefined();
	expectNoSecret(error, secrets);
	return error;
}
