import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { scrubText, valuesIn } from '../../nodes/shared/core/scrub';

const SECRET = 'pa"ss wö/rd+1=!';

const json = (text: string): string => JSON.stringify(text).slice(1, -1);
const base64 = (text: string): string => Buffer.from(text).toString('base64');
/** As servers written in Go put a text into a query. */
const goQuery = (text: string): string =>
	encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`).replace(/%20/g, '+');

const FORMS: ReadonlyArray<readonly [string, (text: string) => string]> = [
	['as it is', (text) => text],
	['in JSON', json],
	['in a URL', encodeURIComponent],
	['in Base64', base64],
];

describe('a text of somebody else', () => {
	it.each(FORMS)('loses a secret %s', (_how, write) => {
		expect(scrubText(`before ${write(SECRET)} after`, [SECRET])).toBe('before […] after');
	});

	it('loses a secret as Go writes it in a URL', () => {
		expect(scrubText(`/v1/x?value=${goQuery(SECRET)}`, [SECRET])).not.toContain(goQuery(SECRET));
	});

	it('loses a secret in JSON inside of JSON', () => {
		const quoted = json(JSON.stringify({ value: SECRET }));
		expect(scrubText(`Couldn't read "${quoted}"`, [SECRET])).not.toContain(json(json(SECRET)));
	});

	it('loses every occurrence of every secret, the longer one first', () => {
		expect(scrubText('abc abcdef abc', ['abc', 'abcdef'])).toBe('[…] […] […]');
	});

	it('keeps what is no secret, and values too short to be one', () => {
		expect(scrubText('Invalid item category', ['', 'a', 'it', 'nothing'])).toBe('Invalid item category');
	});

	it.each([
		['eyJhbGciOi.eyJqdGkiOi.c2lnbmF0dXJl-_', '[…]'],
		['(eyJhbGciOi.eyJqdGkiOi.)', '([…])'],
		['Bearer abc.def', '[…]'],
		['bearer  opaque-token', '[…]'],
		['token=eyJhbGciOi.eyJqdGkiOi.sig;', 'token=[…];'],
		['token_eyJhbGciOi.eyJqdGkiOi.sig', 'token_[…]'],
	])('loses the token in %j', (text, expected) => {
		expect(scrubText(text, [])).toBe(expected);
	});

	it('is cut where it is long', () => {
		const text = scrubText(`${'x'.repeat(400)}`, []);
		expect([text.length, text.endsWith('x…')]).toEqual([301, true]);
	});

	it('is scrubbed before it is cut, so that no half of a secret stays', () => {
		expect(scrubText(`${'x'.repeat(295)}${SECRET}`, [SECRET])).not.toContain('pa"');
	});

	it('holds no secret in any form, wherever it stood', () => {
		// Secrets of the letters of "[…]" could come back through the mark itself.
		const secret = fc.string({ minLength: 3, maxLength: 20, unit: 'binary' }).filter((text) => !/[[\]…]/.test(text));
		const around = fc.string({ maxLength: 20 });
		fc.assert(
			fc.property(fc.array(secret, { minLength: 1, maxLength: 3 }), around, around, (secrets, before, after) => {
				for (const [, write] of FORMS) {
					const text = `${before}${secrets.map(write).join(after)}${after}`;
					const scrubbed = scrubText(text, secrets);
					for (const one of secrets) {
						for (const [, form] of FORMS) {
							// What stood around it may happen to be the secret.
							if (!`${before}${after}[…]`.includes(form(one))) expect(scrubbed).not.toContain(form(one));
						}
					}
				}
			}),
			{ seed: 12, numRuns: 500 },
		);
	});
});

describe('the values in a body', () => {
	it.each<[string, unknown, string[]]>([
		['of a PATCH', [{ op: 'replace', path: '/fields/x/value', value: 'a' }, { op: 'add', path: '/fields', value: { label: 'l', value: 'b' } }], ['a', 'b']],
		['of a POST', { title: 't', fields: [{ label: 'l', value: 'a' }, { value: 'b' }] }, ['a', 'b']],
		['of nothing', undefined, []],
		['of a text', 'value', ['value']],
		['of null', null, []],
		['that is none', { value: 7 }, []],
	])('%s', (_what, body, values) => {
		expect(valuesIn(body)).toEqual(values);
	});

	it('of a PUT are former passwords and codes, too', () => {
		const body = { fields: [{ value: 'a', totp: '123456', passwordDetails: { history: ['b', 'c'] } }] };
		expect(valuesIn(body)).toEqual(expect.arrayContaining(['a', 'b', 'c', '123456']));
	});
});
