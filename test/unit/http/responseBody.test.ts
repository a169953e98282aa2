import { describe, expect, it } from '@jest/globals';

import { parseJson, statusMessage } from '../../../nodes/shared/http/responseBody';
import type { HttpResponse } from '../../../nodes/shared/http/transport';

function response(body: string): HttpResponse {
	return { status: 400, headers: {}, body: Buffer.from(body) };
}

describe('the message of an answer', () => {
	it.each([
		['{"status":400,"message":"Invalid Vault UUID"}', 'Invalid Vault UUID'],
		['{"status":400,"message":""}', ''],
		['{"status":400}', undefined],
		['{"message":"x"}', undefined],
		['{"status":"400","message":"x"}', undefined],
		['{"status":403,"message":"x"}', undefined],
		['{"status":400,"error":"Bad Request","message":"x"}', undefined],
		['{"status":400,"message":"x","errors":[]}', undefined],
		['{"status":400,"message":"x","code":"E1"}', undefined],
		['{"status":400,"message":"x","path":"/v1/vaults","timestamp":"2026-11-28T12:00:00Z"}', undefined],
		['{"message":["x"]}', undefined],
		['[{"message":"x"}]', undefined],
		['"message"', undefined],
		['null', undefined],
		['', undefined],
		['<html>message</html>', undefined],
		['{"message":"cut o', undefined],
	])('%s is %p', (body, message) => {
		expect(statusMessage(response(body))).toBe(message);
	});

	it('is read as UTF-8', () => {
		expect(parseJson(response('{"a":"ü🔑"}'))).toEqual({ a: 'ü🔑' });
	});
});
