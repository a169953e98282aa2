import { describe, expect, it } from '@jest/globals';

import { CONNECT } from '../../../../nodes/shared/connect/client/connectService';
import { answerError, networkError, unreadableError } from '../../../../nodes/shared/http/apiError';
import { TransportError, type HttpRequest, type FailureKind, type Method } from '../../../../nodes/shared/http/transport';
import type { ErrorCode, OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';
import { GATEWAY_ANSWERS } from '../../../support/gatewayAnswers';
import { CANARY, expectNoSecret, formsOf } from '../../../support/refusal';

const ONCE = { attempts: 1, mayHaveActed: false };

const ITEM = '/v1/vaults/{vaultId}/items/{itemId}';

function request(method: Method, route = ITEM, body?: unknown): HttpRequest {
	return { method, route, path: '/v1/vaults/secret-path', ...(body !== undefined && { body }) };
}

interface Answer {
	readonly message?: string;
	readonly text?: string;
	readonly headers?: Record<string, string>;
}

function refuse(to: HttpRequest, status: number, { message, text, headers = {} }: Answer = {}): OnePasswordError {
	const body = text ?? (message === undefined ? '<html>proxy</html>' : JSON.stringify({ status, message }));
	return answerError(CONNECT, to, { status, headers, body: Buffer.from(body) }, ONCE, Date.UTC(2026, 0, 1));
}

describe('the error for a response', () => {
	/** The messages are those of real servers. */
	it.each<[number, string, ErrorCode]>([
		[400, 'Invalid Vault UUID', 'INVALID_INPUT'],
		[400, 'Unable to update item "x" in Vault "y"', 'INVALID_INPUT'],
		[401, 'Invalid token signature', 'AUTH_FAILED'],
		[401, 'Invalid bearer token', 'AUTH_FAILED'],
		[403, 'vault x is not in scope', 'FORBIDDEN'],
		[403, 'Authorization: token does not have access to vault x', 'FORBIDDEN'],
		[403, 'Authorization: token does not have permission to perform create on vault x', 'FORBIDDEN'],
		[404, 'vault x not found', 'VAULT_NOT_FOUND'],
		[404, 'item x not found', 'ITEM_NOT_FOUND'],
		[404, 'file x not found', 'ITEM_NOT_FOUND'],
		[406, 'Not acceptable', 'INVALID_INPUT'],
		[408, 'sync did not complete within timeout, please retry the request', 'UNAVAILABLE'],
		[409, 'Conflict: Internal server conflict.', 'VERSION_CONFLICT'],
		[413, 'File is too large to inline in request.', 'INVALID_INPUT'],
		[429, 'slow down', 'RATE_LIMITED'],
		[500, 'Something went wrong', 'UNAVAILABLE'],
		[502, 'Bad Gateway', 'UNAVAILABLE'],
		[503, 'Service Unavailable', 'UNAVAILABLE'],
	])('%d "%s" is %s', (status, message, code) => {
		const error = refuse(request('GET'), status, { message });
		expect([error.code, error.details.status, error.details.route]).toEqual([code, status, `GET ${ITEM}`]);
		expect(error.message).toContain(`(GET ${ITEM}, ${status})`);
		expect(error.message).not.toContain('secret-path');
	});

	it.each<[number, ErrorCode]>([
		[301, 'PROTOCOL'],
		[302, 'PROTOCOL'],
		[307, 'PROTOCOL'],
		[400, 'PROTOCOL'],
		[404, 'PROTOCOL'],
		[405, 'PROTOCOL'],
		[429, 'RATE_LIMITED'],
		[502, 'UNAVAILABLE'],
		[503, 'UNAVAILABLE'],
	])("%d with a proxy's page is %s", (status, code) => {
		expect(refuse(request('GET'), status).code).toBe(code);
	});

	it.each(GATEWAY_ANSWERS)('from something in front of the server (%s) blames neither the token nor the vault', (_what, status, text) => {
		const error = refuse(request('GET', '/v1/vaults'), status, { text });
		expect([error.code, error.details.outcomeUnknown]).toEqual(['UNAVAILABLE', undefined]);
		expect(error.message).toMatch(/^Something between n8n and the Connect server answered/);
		expect(error.advice).not.toMatch(/token/);
		// A firewall may also have blocked the response.
		expect(refuse(request('PATCH'), status, { text }).details).toMatchObject({ code: 'UNAVAILABLE', outcomeUnknown: true });
	});

	it('to plain http on an https port says that it is not from Connect', () => {
		const text = 'Client sent an HTTP request to an HTTPS server.\n';
		expect(refuse(request('GET', '/v1/vaults'), 400, { text }).code).toBe('PROTOCOL');
	});

	it.each([
		['/v1/vaults', 'no Route matched with those values'],
		['/v1/vaults', 'Not Found'],
		['/v1/activity', 'Not Found'],
		['/health', 'Not Found'],
		['/v1/vaults/{vaultId}/items', 'Cannot GET /v1/vaults'],
	])('404 from another server at %s: %s', (route, message) => {
		expect(refuse(request('GET', route), 404, { message }).code).toBe('PROTOCOL');
	});

	it('401 from an old server for a read-only token is FORBIDDEN', () => {
		const message = 'Unauthorized Request, token does not have write access to the Vault';
		expect(refuse(request('PATCH'), 401, { message }).code).toBe('FORBIDDEN');
	});

	it.each<[Method, number, boolean]>([
		['GET', 500, false],
		['GET', 408, false],
		['POST', 500, true],
		['POST', 408, true],
		['PATCH', 502, true],
		['PUT', 504, true],
		['DELETE', 503, true],
		['POST', 400, false],
		['POST', 401, false],
		['POST', 409, false],
		['PATCH', 429, false],
		['PATCH', 404, false],
	])('%s %d leaves the outcome open: %s', (method, status, open) => {
		expect(refuse(request(method), status, { message: 'x' }).details.outcomeUnknown ?? false).toBe(open);
	});

	it('says which permission the token lacks', () => {
		const permission = 'Authorization: token does not have permission to perform update on vault x';
		expect(refuse(request('PATCH'), 403, { message: permission }).message).toMatch(/may not write/);
		expect(refuse(request('GET'), 403, { message: permission }).message).toMatch(/may not read/);
		expect(refuse(request('GET'), 403, { message: 'vault x is not in scope' }).message).toMatch(/no access/);
	});

	it.each([
		['2', 2_000],
		['Thu, 01 Jan 2026 00:01:30 GMT', 90_000],
		['soon', undefined],
	])('contains the wait requested by the server: %s', (retryAfter, retryAfterMs) => {
		const error = refuse(request('GET'), 429, { message: '', headers: { 'retry-after': retryAfter } });
		expect(error.details.retryAfterMs).toBe(retryAfterMs);
	});

	it.each<[string, unknown]>([
		['a PATCH of a value', [{ op: 'replace', path: '/fields/x/value', value: CANARY }]],
		['a PATCH of a field', [{ op: 'add', path: '/fields', value: { label: 'x', value: CANARY } }]],
		['a POST', { title: 'x', fields: [{ label: 'x', value: CANARY }] }],
		['a PUT with former passwords', { fields: [{ id: 'password', value: 'new', passwordDetails: { history: [CANARY] } }] }],
	])('never repeats a value of %s in any form used by the server', (_what, body) => {
		for (const form of formsOf(CANARY).slice(0, 4)) {
			expectNoSecret(refuse(request('PATCH', ITEM, body), 400, { message: `Bad value ${form}!` }), [CANARY]);
		}
	});

	it('never repeats a token', () => {
		const token = `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c-_'.repeat(9)}`;
		for (const message of [`token ${token} is bad`, `Authorization: Bearer ${token}`, `{"token":"${token}"}`]) {
			expectNoSecret(refuse(request('GET'), 400, { message }), [token, 'c-_c-_c-_']);
		}
	});
});

describe('the error for a request without a response', () => {
	const KINDS: FailureKind[] = [
		'refused',
		'unknownHost',
		'unreachable',
		'certificate',
		'certificateName',
		'certificateTime',
		'clientCertificate',
		'tls',
		'blocked',
		'timeout',
		'closed',
		'cancelled',
	];

	it('says for each kind what happened and what to do', () => {
		const errors = KINDS.map((kind) => networkError(CONNECT, request('GET'), new TransportError(kind), { attempts: 4, mayHaveActed: false }));
		expect(new Set(errors.map(({ message }) => message)).size).toBe(KINDS.length);
		expect(new Set(errors.map(({ advice }) => advice)).size).toBe(KINDS.length);
		for (const { code, details } of errors) expect([code, details.status, details.attempts]).toEqual(['NETWORK', undefined, 4]);
	});

	it('leaves the outcome of a write open if the request may have been sent', () => {
		const open = (method: Method): FailureKind[] =>
			KINDS.filter((kind) => networkError(CONNECT, request(method), new TransportError(kind), ONCE).details.outcomeUnknown);
		expect(open('GET')).toEqual([]);
		for (const method of ['POST', 'PATCH', 'PUT', 'DELETE'] as const)
			expect(open(method)).toEqual(['unreachable', 'tls', 'timeout', 'closed', 'cancelled']);
	});

	it('leaves the outcome of a write open if the response is invalid', () => {
		const unreadable = (method: Method): OnePasswordError =>
			unreadableError(CONNECT, request(method), { status: 200, headers: {}, body: Buffer.alloc(0) }, ONCE);
		expect(unreadable('POST').details).toMatchObject({ code: 'PROTOCOL', outcomeUnknown: true });
		expect(unreadable('GET').details.outcomeUnknown).toBeUndefined();
	});
});
