import { describe, expect, it } from '@jest/globals';

import { readHttpSecretSettings, resolveHttpSecret, type HttpSecret } from '../../../../nodes/shared/connect/secrets/httpSecret';
import type { Perishable } from '../../../../nodes/shared/connect/secrets/secretCache';
import type { SeedItem } from '../../../emulators/connect';
import { CANARY, expectRefusal } from '../../../support/refusal';
import { openScene, type Scene } from '../../../support/connectScene';

const HEADER_SAFE = 'canary-S3cret-+/=';

const ITEM: SeedItem = {
	title: 'Payments API',
	category: 'API_CREDENTIAL',
	fields: [
		{ id: 'username', label: 'username', value: 'payments-service' },
		{ id: 'credential', type: 'CONCEALED', label: 'credential', value: HEADER_SAFE },
		{ id: 'tenant', label: 'tenant', value: 'acme' },
		{ id: 'empty', type: 'CONCEALED', label: 'empty', value: '' },
		{ id: 'lines', type: 'CONCEALED', label: 'lines', value: `${HEADER_SAFE}\nx` },
		{ id: 'ended', type: 'CONCEALED', label: 'ended', value: `${HEADER_SAFE}\n` },
		{ id: 'endedWindows', type: 'CONCEALED', label: 'endedWindows', value: `${HEADER_SAFE}\r\n` },
		{ id: 'endedTwice', type: 'CONCEALED', label: 'endedTwice', value: `${HEADER_SAFE}\n\n` },
		{ id: 'injection', type: 'CONCEALED', label: 'injection', value: `${HEADER_SAFE}\r\nX-Evil: 1` },
		{ id: 'kana', type: 'CONCEALED', label: 'kana', value: `${HEADER_SAFE}鍵` },
		{ id: 'latin', type: 'CONCEALED', label: 'latin', value: 'clé' },
		{ id: 'braces', type: 'CONCEALED', label: 'braces', value: '{{ op://Production/Payments API/tenant }}' },
		{ id: 'otp', type: 'OTP', label: 'otp', value: 'otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' },
	],
};
const at = (field: string): string => `op://Production/Payments API/${field}`;
const base = { sendAs: 'bearer', reference: at('credential') };

const scene = async (): Promise<Scene> => await openScene({ items: [ITEM] });

async function resolve(credential: object, where?: Scene): Promise<Perishable<HttpSecret>> {
	const { run } = where ?? (await scene());
	return await resolveHttpSecret(run, readHttpSecretSettings({ ...base, ...credential }));
}

describe('the settings', () => {
	it('have defaults if n8n passes none', () => {
		expect(readHttpSecretSettings(base)).toMatchObject({ kind: 'bearer', keepMs: 60_000, secret: at('credential') });
	});

	it.each([
		[{ sendAs: 'cookie' }, /'Send As'/],
		[{ sendAs: undefined }, /'Send As'/],
		[{ sendAs: 'header', headerName: '' }, /'Header Name'/],
		[{ sendAs: 'header', headerName: 'X Key' }, /'Header Name'/],
		[{ sendAs: 'header', headerName: 'X-Key: 1' }, /'Header Name'/],
		[{ sendAs: 'header', headerName: 'X-Key\r\nX-Evil' }, /'Header Name'/],
		[{ sendAs: 'header', headerName: 'X-Schlüssel' }, /'Header Name'/],
		[{ sendAs: 'query', queryName: ' ' }, /'Parameter Name'/],
		[{ reference: '' }, /'Secret Reference'/],
		[{ reference: CANARY }, /'Secret Reference'/],
		[{ reference: '{{ "op://no/reference/here" }}' }, /'Secret Reference'/],
		[{ reference: `Token\n{{ ${at('credential')} }}` }, /'Secret Reference' contains/],
		[{ sendAs: 'basic', reference: `a\r\n{{ ${at('credential')} }}` }, /'Secret Reference' contains/],
		[{ sendAs: 'query', queryName: 'key', reference: `{{ ${at('tenant')} }}\n{{ ${at('credential')} }}` }, /'Secret Reference' contains/],
		[{ sendAs: 'header', headerName: 'X-Key', reference: `Token token=„{{ ${at('credential')} }}“` }, /'Secret Reference' contains/],
		[{ cacheSeconds: -1 }, /'Cache Time'/],
		[{ cacheSeconds: 3_601 }, /'Cache Time'/],
		[{ cacheSeconds: 'soon' }, /'Cache Time'/],
		[{ cacheSeconds: NaN }, /'Cache Time'/],
	])('%j are refused before anything is read', async (credential, says) => {
		const refused = (async () => await Promise.resolve(readHttpSecretSettings({ ...base, ...credential })))();
		const error = await expectRefusal(refused, { code: 'INVALID_INPUT' }, [CANARY]);
		expect(error.message).toMatch(says);
	});

	it('do not accept a password instead of a reference', async () => {
		const refused = (async () => await Promise.resolve(readHttpSecretSettings({ ...base, reference: 'hunter2-s3cret' })))();
		await expectRefusal(refused, { code: 'INVALID_INPUT' }, ['hunter2-s3cret']);
	});
});

const basic = (text: string): HttpSecret => ({ headers: { Authorization: `Basic ${Buffer.from(text).toString('base64')}` } });

/** Every placement. */
const WAYS: ReadonlyArray<readonly [string, object, HttpSecret]> = [
	['as a bearer token', {}, { headers: { Authorization: `Bearer ${HEADER_SAFE}` } }],
	['in a header', { sendAs: 'header', headerName: 'X-API-Key' }, { headers: { 'X-API-Key': HEADER_SAFE } }],
	['as a query parameter', { sendAs: 'query', queryName: 'api_key' }, { query: { api_key: HEADER_SAFE } }],
	['as a password', { sendAs: 'basic', username: 'ada' }, basic(`ada:${HEADER_SAFE}`)],
];

describe('the secret is sent', () => {
	it.each<[string, object, HttpSecret]>([
		['as a bearer token', {}, { headers: { Authorization: `Bearer ${HEADER_SAFE}` } }],
		['in a header', { sendAs: 'header', headerName: 'X-API-Key' }, { headers: { 'X-API-Key': HEADER_SAFE } }],
		['as a query parameter', { sendAs: 'query', queryName: 'api_key' }, { query: { api_key: HEADER_SAFE } }],
		['as a password, the user name from 1Password', { sendAs: 'basic', username: at('username') }, basic(`payments-service:${HEADER_SAFE}`)],
		['as a password with a fixed user name', { sendAs: 'basic', username: 'ada' }, basic(`ada:${HEADER_SAFE}`)],
		['as a password without a user name', { sendAs: 'basic', username: '' }, basic(`:${HEADER_SAFE}`)],
		['as a password with a templated user name', { sendAs: 'basic', username: `svc-{{ ${at('tenant')} }}` }, basic(`svc-acme:${HEADER_SAFE}`)],
		[
			'as one of several references',
			{ reference: `{{ ${at('tenant')} }}:{{ ${at('credential')} }}` },
			{ headers: { Authorization: `Bearer acme:${HEADER_SAFE}` } },
		],
		[
			'with text around it',
			{ sendAs: 'header', headerName: 'Authorization', reference: `Token token="{{ ${at('credential')} }}"` },
			{ headers: { Authorization: `Token token="${HEADER_SAFE}"` } },
		],
		[
			'as it is, though it looks like a template',
			{ reference: at('braces') },
			{ headers: { Authorization: 'Bearer {{ op://Production/Payments API/tenant }}' } },
		],
		['with umlauts', { reference: at('latin') }, { headers: { Authorization: 'Bearer clé' } }],
		['from single quotes', { reference: `'${at('credential')}'` }, { headers: { Authorization: `Bearer ${HEADER_SAFE}` } }],
		[
			'from an export with a comment',
			{ reference: `export A="${at('credential')}"  # key` },
			{ headers: { Authorization: `Bearer ${HEADER_SAFE}` } },
		],
		['from a template in quotes', { reference: `"{{ ${at('credential')} }}"` }, { headers: { Authorization: `Bearer ${HEADER_SAFE}` } }],
		['with a user name in quotes', { sendAs: 'basic', username: `'${at('tenant')}'` }, basic(`acme:${HEADER_SAFE}`)],
		...WAYS.flatMap(([how, rest, expected]): Array<[string, object, HttpSecret]> => [
			[`${how}, without its line break where that is dropped`, { ...rest, reference: at('ended'), dropTrailingLineBreak: true }, expected],
			[
				`${how}, without its Windows line break where that is dropped`,
				{ ...rest, reference: at('endedWindows'), dropTrailingLineBreak: true },
				expected,
			],
		]),
	])('%s', async (_how, credential, expected) => {
		expect((await resolve(credential)).value).toEqual(expected);
	});

	it('without a user name set for another send method', async () => {
		const where = await scene();
		await resolve({ username: 'op://Nowhere/Nothing/at-all' }, where);
		expect(where.trace()).toHaveLength(3);
	});

	it.each(['__proto__', 'constructor'])('under the name %s like any other', async (queryName) => {
		const { query } = (await resolve({ sendAs: 'query', queryName })).value;
		expect(Object.entries(query ?? {})).toEqual([[queryName, HEADER_SAFE]]);
	});
});

describe("a secret that can't be sent", () => {
	it.each([
		['empty', 'empty', /is empty/],
		['of two lines', 'lines', /line break/],
		['that would add a header', 'injection', /line break/],
		['beyond Latin-1', 'kana', /line break or another character/],
	])('because it is %s is refused with its reference, not its value', async (_why, field, says) => {
		for (const rest of [{}, { sendAs: 'header', headerName: 'X-Key' }]) {
			const error = await expectRefusal(resolve({ ...rest, reference: at(field) }), { code: 'INVALID_INPUT', reference: at(field) }, [HEADER_SAFE]);
			expect(error.message).toMatch(says);
			expect(error.message).toContain(at(field));
		}
	});

	it.each(WAYS)('because it ends with a line break is refused %s, with a solution', async (_how, rest) => {
		for (const field of ['ended', 'endedWindows']) {
			const error = await expectRefusal(resolve({ ...rest, reference: at(field) }), { code: 'INVALID_INPUT', reference: at(field) }, [HEADER_SAFE]);
			expect(error.message).toMatch(/ends with a line break/);
			expect(error.advice).toContain("'Drop Trailing Line Break'");
		}
		for (const field of ['lines', 'injection', 'endedTwice']) {
			await expectRefusal(resolve({ ...rest, reference: at(field), dropTrailingLineBreak: true }), { code: 'INVALID_INPUT' }, [HEADER_SAFE]);
		}
	});

	it('because its user name has a line break is refused, whether entered or read', async () => {
		await expectRefusal(resolve({ sendAs: 'basic', username: 'ada\nx' }), { code: 'INVALID_INPUT' }, [HEADER_SAFE]);
		await expectRefusal(resolve({ sendAs: 'basic', username: at('lines') }), { code: 'INVALID_INPUT' }, [HEADER_SAFE]);
	});

	it.each([
		['VAULT_NOT_FOUND', 'op://Nowhere/Payments API/credential'],
		['ITEM_NOT_FOUND', 'op://Production/Nothing/credential'],
		['FIELD_NOT_FOUND', 'op://Production/Payments API/nothing'],
		['INVALID_INPUT', 'op://Production'],
	] as const)('is reported by %s and its reference', async (code, reference) => {
		const error = await expectRefusal(resolve({ reference }), { code, reference }, [HEADER_SAFE]);
		expect(error.message).toContain(reference);
	});

	it("is reported as the one of several that can't be resolved", async () => {
		const wrong = at('nothing');
		await expectRefusal(resolve({ reference: `{{ ${at('tenant')} }}{{ ${wrong} }}` }), { code: 'FIELD_NOT_FOUND', reference: wrong }, [HEADER_SAFE]);
	});
});

describe('the cache time', () => {
	it.each([
		[undefined, 60_000],
		[0, 0],
		[5, 5_000],
		['7', 7_000],
		[3_600, 3_600_000],
	])('is %j seconds as set', async (cacheSeconds, keepMs) => {
		expect((await resolve(cacheSeconds === undefined ? {} : { cacheSeconds })).keepMs).toBe(keepMs);
	});

	it('is no longer than the validity of a one-time password', async () => {
		const where = await scene();
		const reference = `${at('otp')}?attribute=otp`;
		const leftMs = 30_000 - (where.clock.now() % 30_000);
		const { value, keepMs } = await resolve({ reference }, where);
		expect(value.headers?.Authorization).toMatch(/^Bearer \d{6}$/);
		expect(keepMs).toBeLessThanOrEqual(leftMs);
		expect((await resolve({ reference, cacheSeconds: 0 }, where)).keepMs).toBe(0);
	});
});
