import { describe, expect, it } from '@jest/globals';

import { readExtraHeaders } from '../../../../nodes/shared/http/settings/extraHeaders';
import { CANARY, expectRefusal } from '../../../support/refusal';

const SECRET = 'canary-header-S3cret';

describe('extra headers', () => {
	it.each<[string, Record<string, string>]>([
		['', {}],
		['  \n ', {}],
		['{}', {}],
		[
			`{"CF-Access-Client-Id": "id.access", "CF-Access-Client-Secret": "${SECRET}"}`,
			{ 'CF-Access-Client-Id': 'id.access', 'CF-Access-Client-Secret': SECRET },
		],
		[`X-Api-Key: ${SECRET}\r\nCookie: a=b; c=d\n`, { 'X-Api-Key': SECRET, Cookie: 'a=b; c=d' }],
		[`X-Api-Key:${SECRET}\\nX-Other: two words`, { 'X-Api-Key': SECRET, 'X-Other': 'two words' }],
		['X-Url: https://host:8080/x', { 'X-Url': 'https://host:8080/x' }],
	])('are read from %j', (text, headers) => {
		expect(readExtraHeaders(text)).toEqual(headers);
	});

	it.each([
		['no name', `: ${SECRET}`],
		['no colon', SECRET],
		['a name with a space', `X Key: ${SECRET}`],
		['no value', 'X-Key:'],
		['a value that is no text', `{"X-Key": ["${SECRET}"]}`],
		['a line end in a value', JSON.stringify({ 'X-Key': `${SECRET}\r\nX-Other: 1` })],
		['a character that no header carries', `X-Key: ${SECRET}鍵`],
		['two headers on one line', `X-Key: a X-Other: ${SECRET}`],
		['the same name twice', `X-Key: ${SECRET}\nx-key: b`],
		['JSON that breaks off', `{"X-Key": "${SECRET}`],
	])('are refused with %s, and no value is repeated', async (_what, text) => {
		const error = await expectRefusal(
			Promise.resolve().then(() => readExtraHeaders(text)),
			{ code: 'INVALID_INPUT' },
			[SECRET, CANARY],
		);
		expect(error.message).toContain("'Extra Headers'");
	});

	it.each(['Authorization', 'HOST', 'user-agent', 'Content-Type', 'Content-Length', 'Transfer-Encoding', 'Connection', 'accept'])(
		'never replace %s',
		async (name) => {
			for (const text of [`${name}: ${SECRET}`, JSON.stringify({ [name]: SECRET })]) {
				const error = await expectRefusal(
					Promise.resolve().then(() => readExtraHeaders(text)),
					{ code: 'INVALID_INPUT' },
					[SECRET],
				);
				expect(error.message).toContain(`"${name.toLowerCase()}"`);
			}
		},
	);
});
