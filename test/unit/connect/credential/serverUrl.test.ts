import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { normaliseServerUrl } from '../../../../nodes/shared/connect/credential/serverUrl';
import { OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';
import { CANARY, expectNoSecret } from '../../../support/refusal';

describe("the server's URL", () => {
	it.each([
		['http://localhost:8080', 'http://localhost:8080'],
		['http://localhost:8080/', 'http://localhost:8080'],
		['http://localhost:8080///', 'http://localhost:8080'],
		['http://localhost:8080/v1', 'http://localhost:8080'],
		['http://localhost:8080/v1/', 'http://localhost:8080'],
		['https://host/connect', 'https://host/connect'],
		['https://host/connect/', 'https://host/connect'],
		['https://host/connect/v1', 'https://host/connect'],
		['https://host/connect/v1/', 'https://host/connect'],
		['https://host/connect//v1//', 'https://host/connect'],
		['https://host/a/b', 'https://host/a/b'],
		['https://host/v1.0', 'https://host/v1.0'],
		['https://host/v12', 'https://host/v12'],
		['https://host/connectv1', 'https://host/connectv1'],
		['  https://host  \n', 'https://host'],
		['HTTPS://Host.Example.COM', 'https://host.example.com'],
		['https://host:443', 'https://host'],
		['http://host:80/', 'http://host'],
		['http://[::1]:8080/v1', 'http://[::1]:8080'],
		['http://192.168.0.1', 'http://192.168.0.1'],
		['https://host/a/../b', 'https://host/b'],
		['https://bücher.example', 'https://xn--bcher-kva.example'],
	])('%j is %s', (text, url) => {
		expect(normaliseServerUrl(text)).toBe(url);
	});

	it.each([
		'',
		' ',
		'localhost:8080',
		'connect.example.com',
		'//connect.example.com',
		'/v1',
		'ftp://host',
		'file:///etc/passwd',
		'op://vault/item',
		'javascript:alert(1)',
		'http://',
		'https://user@host',
		'https://user:secret@host',
		'https://:secret@host',
		'https://host?x=1',
		'https://host/v1#top',
		'https://ho st',
		'={{ $json.url }}',
	])('%j is refused', (text) => {
		expect(() => normaliseServerUrl(text)).toThrow(OnePasswordError);
	});

	it('is not repeated in the error, because people paste secrets into the wrong field', () => {
		for (const text of [CANARY, `https://user:${encodeURIComponent(CANARY)}@host`, `https://host?token=${encodeURIComponent(CANARY)}`]) {
			let error: unknown;
			try {
				normaliseServerUrl(text);
			} catch (refusal) {
				error = refusal;
			}
			expect((error as OnePasswordError).code).toBe('INVALID_INPUT');
			expectNoSecret(error, [CANARY]);
		}
	});

	it('has one normalized form', () => {
		const url = fc
			.tuple(
				fc.constantFrom('http', 'https', 'HTTP'),
				fc.domain(),
				fc.option(fc.integer({ min: 1, max: 65_535 })),
				fc.array(fc.constantFrom('v1', 'connect', 'V1', '', 'a b', '..', 'ü', '%2F')),
				fc.constantFrom('', '/'),
			)
			.map(
				([scheme, host, port, path, end]) => `${scheme}://${host}${port === null ? '' : `:${port}`}${path.map((part) => `/${part}`).join('')}${end}`,
			);
		fc.assert(
			fc.property(url, (text) => {
				const once = normaliseServerUrl(text);
				expect(normaliseServerUrl(once)).toBe(once);
				expect(once).not.toMatch(/\/$/);
				expect(new URL(`${once}/v1/vaults`).href).toBe(`${once}/v1/vaults`);
			}),
			{ seed: 1, numRuns: 500 },
		);
	});
});
