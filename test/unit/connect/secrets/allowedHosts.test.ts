import { describe, expect, it } from '@jest/globals';

import { isHostAllowed, requireAllowedUrl, requireConnectHost } from '../../../../nodes/shared/connect/secrets/allowedHosts';
import { OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';

const only = (allowedDomains: unknown): object => ({ allowedHttpRequestDomains: 'domains', allowedDomains });

/** @returns why the URL is refused; undefined where it is not. */
function refusalOf(restriction: object, url: string): OnePasswordError | undefined {
	try {
		requireAllowedUrl(restriction, url);
		return undefined;
	} catch (error) {
		if (error instanceof OnePasswordError) return error;
		throw error;
	}
}

describe('a host', () => {
	it.each([
		['api.example.com', 'api.example.com'],
		['API.Example.COM', 'api.example.com'],
		['api.example.com', ' Api.Example.com '],
		['api.example.com.', 'api.example.com'],
		['api.example.com', 'api.example.com.'],
		['api.example.com', 'other.example, api.example.com,,'],
		['a.example.com', '*.example.com'],
		['a.b.example.com', '*.example.com'],
		['a.example.com', '*.EXAMPLE.com.'],
		['[::1]', '[::1]'],
		['10.0.0.7', '10.0.0.7'],
		['localhost', 'localhost'],
	])('%s is allowed by "%s"', (host, list) => {
		expect(isHostAllowed(only(list), host)).toBe(true);
	});

	it.each([
		['api.example.com', ''],
		['api.example.com', ' , ,'],
		['api.example.com', undefined],
		['api.example.com', null],
		['', ''],
		['', ','],
		['example.com', '*.example.com'],
		['evilexample.com', '*.example.com'],
		['example.com.evil.net', '*.example.com'],
		['api.example.com.evil.net', 'api.example.com'],
		['evil-api.example.com', 'api.example.com'],
		['api.example.com', '*'],
		['api.example.com', '*.'],
		['.', '*.'],
		['api.example.com', '*..'],
		['api.example.com.', '*..'],
		['apiXexample.com', 'api.example.com'],
		['api.example.com', '*api.example.com'],
		['api.example.com', 'api.*.com'],
		['api.example.com', 'https://api.example.com'],
		['api.example.com', 'api.example.com:443'],
		['api.example.com', 'api.example.com other.example'],
	])('%s is not allowed by "%s"', (host, list) => {
		expect(isHostAllowed(only(list), host)).toBe(false);
	});

	it('is always allowed by All, never by None, and otherwise only if listed', () => {
		expect(isHostAllowed({ allowedHttpRequestDomains: 'all', allowedDomains: '' }, 'a.example')).toBe(true);
		expect(isHostAllowed({ allowedHttpRequestDomains: 'none', allowedDomains: 'a.example' }, 'a.example')).toBe(false);
		for (const allowedHttpRequestDomains of [undefined, null, '', 'ALL', true, {}]) {
			expect(isHostAllowed({ allowedHttpRequestDomains }, 'a.example')).toBe(false);
			expect(isHostAllowed({ allowedHttpRequestDomains, allowedDomains: 'a.example' }, 'a.example')).toBe(true);
		}
	});
});

describe('a URL', () => {
	it.each([
		'https://good.example/',
		'http://good.example:8443/path?x=1#y',
		'HTTPS://GOOD.EXAMPLE/',
		'https://good.example./',
		'https://user:pass@good.example/',
		'https://evil.example@good.example/',
		'https://good.example/?x=evil.example',
		'https://good.example\\@evil.example/',
		'https:good.example',
		'https://%67ood.example/',
		'https://ｇｏｏｄ.example/',
	])('%s points to the allowed host', (url) => {
		expect(refusalOf(only('good.example'), url)).toBeUndefined();
	});

	it.each([
		'https://evil.example/',
		'https://good.example@evil.example/',
		'https://good.example:x@evil.example/',
		'https://good.example%2F@evil.example/',
		'https://evil.example?x=good.example',
		'https://evil.example#good.example',
		'https://evil.example\\good.example',
		'https:\\\\evil.example\\@good.example',
		'https://evil.example\t/good.example',
		'https://good.example.evil.example/',
		'https://good。example.evil.example/',
		'https://gооd.example/',
		'https://[::ffff:127.0.0.1]/',
		' https://evil.example/',
	])('%s does not', (url) => {
		expect(refusalOf(only('good.example'), url)?.message).toMatch(/^The credential is not allowed for requests to "[^"]+"\.$/);
	});

	it.each([
		'',
		'/path',
		'//good.example/',
		'good.example',
		'ftp://good.example/',
		'file:///etc/passwd',
		'data:,good.example',
		'https://',
		'https://[',
		'javascript:0',
	])('"%s" is not a valid address', (url) => {
		for (const restriction of [only('good.example'), { allowedHttpRequestDomains: 'all' }]) {
			expect(refusalOf(restriction, url)?.message).toMatch(/not a complete address/);
		}
	});

	it('is refused without showing anything except the host', () => {
		const error = refusalOf(only('good.example'), 'https://user:s3cret@evil.example/s3cret?s3cret#s3cret');
		expect(`${error?.message} ${error?.advice}`).toMatch(/evil\.example/);
		expect(`${error?.message} ${error?.advice}`).not.toMatch(/s3cret/);
	});

	it('is allowed with an IPv6 host as written in a URL', () => {
		expect(refusalOf(only('[::1]'), 'http://[0:0:0:0:0:0:0:1]:8080/')).toBeUndefined();
		expect(refusalOf(only('::1'), 'http://[::1]/')).toBeDefined();
	});

	it('is refused under None with that word', () => {
		expect(refusalOf({ allowedHttpRequestDomains: 'none' }, 'https://a.example')?.message).toMatch(/set to None/);
	});
});

describe('the Connect server', () => {
	it('must be among the allowed domains, and the error says what to add', () => {
		expect(() => requireConnectHost(only('connect.example'), 'https://connect.example/base')).not.toThrow();
		expect(() => requireConnectHost({ allowedHttpRequestDomains: 'all' }, 'https://connect.example')).not.toThrow();
		try {
			requireConnectHost(only('api.example'), 'http://[::1]:8080');
			expect('it').toBe('refused');
		} catch (error) {
			expect((error as OnePasswordError).advice).toContain("Add [::1] to 'Allowed Domains'");
		}
	});
});
