import { generateKeyPairSync } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { CONCEALED_VALUE, concealItem, isConcealed, showsSecret } from '../../../../nodes/shared/core/disclosure/concealment';
import { simplifyItem, summariseItem } from '../../../../nodes/shared/core/item/itemView';
import { holdsPrivateKey, holdsSecret } from '../../../../nodes/shared/core/fields/secretContent';
import type { Field, FullItem } from '../../../../nodes/shared/core/wire';
import { AWS_SECRET, HARMLESS_TEXTS, SECRET_KINDS } from '../../../support/canaries';
import { cpuMsOf } from '../../../support/cpuTime';

const base = { id: 'i'.repeat(26), title: 't', vault: { id: 'v'.repeat(26) }, category: 'LOGIN' } as const;

const VISIBLE = ['STRING', 'URL', 'EMAIL', 'MENU', 'PHONE', 'ADDRESS'];

function shown(item: FullItem): string {
	const concealed = concealItem(item, 'none');
	return JSON.stringify([concealed, simplifyItem(concealed), summariseItem(concealed)]);
}

describe.each(Object.entries(SECRET_KINDS))('%s', (_kind, secret) => {
	it.each(VISIBLE)('in a field of type %s is concealed, and counts as shown if revealed', (type) => {
		const item: FullItem = { ...base, fields: [{ id: 'x', label: 'y', type, value: secret }] };
		expect(shown(item)).not.toContain(JSON.stringify(secret).slice(1, -1));
		expect(concealItem(item, 'none').fields?.[0]?.value).toBe(CONCEALED_VALUE);
		expect([showsSecret(item), showsSecret(concealItem(item, 'none'))]).toEqual([true, false]);
		expect(concealItem(item, { fields: ['x'] }).fields?.[0]?.value).toBe(secret);
	});

	it.each([
		['after a word', (text: string) => `token: ${text}`],
		['in quotes', (text: string) => `KEY="${text}"`],
		['behind white space and line ends', (text: string) => `\r\n \t${text}\n`],
		['as JSON', (text: string) => JSON.stringify({ key: text })],
		['beside an underscore', (text: string) => `my_${text}`],
	])('is recognized %s', (_where, wrap) => {
		expect(holdsSecret(wrap(secret))).toBe(true);
	});

	it('in a URL is concealed, and the server before it stays', () => {
		const inQuery = { ...base, urls: [{ href: `https://example.com/x?key=${secret}`, label: 'l', primary: true }] };
		expect(concealItem(inQuery, 'none').urls).toEqual([{ href: `https://example.com/${CONCEALED_VALUE}`, label: 'l', primary: true }]);
		expect(shown({ ...base, urls: [{ href: secret }] })).not.toContain(JSON.stringify(secret).slice(1, -1));
	});
});

it.each(HARMLESS_TEXTS)('%j is not mistaken for a secret', (text) => {
	expect(holdsSecret(text)).toBe(false);
	expect(concealItem({ ...base, fields: [{ id: 'x', type: 'STRING', value: text }] }, 'none').fields?.[0]?.value).toBe(text);
});

it('recognizes keys without a prefix of their own only as a whole text', () => {
	const okta = `00${'aB3-_x'.repeat(7).slice(0, 40)}`;
	expect([okta, `name ${okta}`, '0'.repeat(42)].map(holdsSecret)).toEqual([true, false, false]);
	expect([AWS_SECRET, ` ${AWS_SECRET}\n`, `${AWS_SECRET}a`, `name ${AWS_SECRET}`].map(holdsSecret)).toEqual([true, true, false, false]);
});

it('recognizes every private key format that Node.js writes', () => {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
	const keys = [
		privateKey.export({ type: 'pkcs8', format: 'pem' }),
		privateKey.export({ type: 'sec1', format: 'pem' }),
		privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }),
		rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }),
		rsa.privateKey.export({ type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }),
	].map(String);
	for (const key of keys) {
		const forms = [key, key.replaceAll('\n', '\\n'), key.replaceAll('\n', ' '), key.replaceAll('\n', '\r\n'), key.toLowerCase()];
		expect(forms.map((form) => [holdsSecret(form), holdsPrivateKey(form)])).toEqual(forms.map(() => [true, true]));
		expect(holdsSecret(Buffer.from(key).toString('base64'))).toBe(true);
	}
	const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
	expect([publicPem, Buffer.from(publicPem).toString('base64')].map(holdsSecret)).toEqual([false, false]);
});

describe('a built-in secret field', () => {
	it.each([
		['API_CREDENTIAL', 'credential'],
		['BANK_ACCOUNT', 'telephonePin'],
		['CREDIT_CARD', 'ccnum'],
		['CREDIT_CARD', 'cvv'],
		['CREDIT_CARD', 'pin'],
		['DATABASE', 'password'],
		['EMAIL_ACCOUNT', 'pop_password'],
		['EMAIL_ACCOUNT', 'smtp_password'],
		['LOGIN', 'password'],
		['MEMBERSHIP', 'pin'],
		['SECURE_NOTE', 'notesPlain'],
		['SERVER', 'admin_console_password'],
		['SOCIAL_SECURITY_NUMBER', 'number'],
		['SSH_KEY', 'private_key'],
		['WIRELESS_ROUTER', 'wireless_password'],
		['WIRELESS_ROUTER', 'disk_password'],
		['CUSTOM', 'recoveryPhrase'],
	])('of %s, %s, is concealed whatever its type', (category, id) => {
		for (const type of [...VISIBLE, 'UNKNOWN', 'DATE']) {
			const item: FullItem = { ...base, category, fields: [{ id, type, label: 'Etikett', value: 'FAKE' }] };
			expect(shown(item)).not.toContain('FAKE');
			expect(showsSecret(item)).toBe(true);
		}
	});

	it.each([
		['PASSPORT', 'number'],
		['API_CREDENTIAL', 'username'],
		['SSH_KEY', 'public_key'],
		['__proto__', 'number'],
		['constructor', 'number'],
	])('is not secret: of %s, %s', (category, id) => {
		expect(isConcealed({ id, type: 'STRING', value: 'FAKE' }, category)).toBe(false);
	});
});

it('a password in a URL is concealed to its last character', () => {
	const hrefOf = (href: string): string | undefined => concealItem({ ...base, urls: [{ href }] }, 'none').urls?.[0]?.href;
	expect(hrefOf('https://ada:s3cr@et@example.com/x')).toBe(`https://ada:${CONCEALED_VALUE}@example.com/x`);
	expect(hrefOf('https://example.com:8080/@ada')).toBe('https://example.com:8080/@ada');
	expect(hrefOf('https://example.com/?mail=ada@example.com')).toBe('https://example.com/?mail=ada@example.com');
});

it('names stay visible, because items and fields are found by name', () => {
	const secret = SECRET_KINDS['GitHub token'];
	const field: Field = { id: 'x', type: 'STRING', label: secret, section: { id: 's', label: secret } };
	const named: FullItem = { ...base, title: secret, tags: [secret], sections: [{ id: 's', label: secret }], fields: [field] };
	expect(concealItem(named, 'none')).toEqual(named);
});

it('checks long texts quickly', async () => {
	const runs = ['eyJaaaaaaaa-', 'a+b.', 'sk-', 'xai-xai-', '-----BEGIN ', 'A B ', 'ops_', 'https://a:', 'gh', '-', 'M'.repeat(24)];
	const check = (): unknown => runs.map((run) => holdsSecret(run.repeat(Math.ceil(200_000 / run.length))));
	expect(await cpuMsOf(check)).toBeLessThan(15_000);
});

it('handles any text', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (text) => expect(typeof holdsSecret(text)).toBe('boolean')),
		{ seed: 3, numRuns: 500 },
	);
});
