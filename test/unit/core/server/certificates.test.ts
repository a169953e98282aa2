import { createPrivateKey } from 'node:crypto';

import { beforeAll, describe, expect, it } from '@jest/globals';

import { readCertificates, readClientIdentity } from '../../../../nodes/shared/core/server/certificates';
import { CANARY, expectRefusal } from '../../../support/refusal';
import { makeCertificate, type TestCertificate } from '../../../support/certificates';

let own: TestCertificate;
let other: TestCertificate;

beforeAll(async () => {
	[own, other] = await Promise.all([makeCertificate(), makeCertificate()]);
});

const lines = (pem: string): string => pem.trim().replace(/\r\n/g, '\n');

/** How PEM texts get into a field. */
const FORMS: ReadonlyArray<readonly [string, (pem: string) => string]> = [
	['as it is', (pem) => pem],
	['with Windows line ends', (pem) => lines(pem).replace(/\n/g, '\r\n')],
	['with spaces in place of line ends', (pem) => lines(pem).replace(/\n/g, ' ')],
	['with \\n as text', (pem) => lines(pem).replace(/\n/g, '\\n')],
	['with \\r\\n as text', (pem) => lines(pem).replace(/\n/g, '\\r\\n')],
	['with white space around it, and indented', (pem) => `  ${lines(pem).replace(/\n/g, '\n\t')} \n`],
	['with text before it', (pem) => `subject=CN = x\n${pem}`],
];

describe('a certificate', () => {
	it.each(FORMS)('is read %s', (_how, form) => {
		expect(readCertificates(form(own.cert), 'CA Certificate')).toBe(lines(own.cert));
		expect(readCertificates(form(`${lines(own.cert)}\n${other.cert}`), 'CA Certificate')).toBe(`${lines(own.cert)}\n${lines(other.cert)}`);
	});

	it.each<[string, () => string]>([
		['a path', () => '/etc/ssl/ca.pem'],
		['a private key', () => own.key],
		['Base64 alone', () => own.cert.replace(/-----.*-----/g, '')],
		['a body that is none', () => `-----BEGIN CERTIFICATE-----\n${Buffer.from(CANARY).toString('base64')}\n-----END CERTIFICATE-----`],
		['no body', () => '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----'],
		['one that breaks off', () => own.cert.slice(0, 300)],
		['one that lost its middle', () => own.cert.replace(/\n.{64}\n.{64}\n/, '\n')],
		['a second one that is none', () => `${own.cert}\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----`],
	])('is not %s', async (_what, text) => {
		const error = await expectRefusal(
			Promise.resolve().then(() => readCertificates(text(), 'CA Certificate')),
			{ code: 'INVALID_INPUT' },
			[CANARY, text()],
		);
		expect(error.message).toContain("'CA Certificate'");
	});
});

const encrypted = (passphrase: string, type: 'pkcs8' | 'pkcs1' = 'pkcs8'): string =>
	createPrivateKey(own.key).export({ type, format: 'pem', cipher: 'aes-128-cbc', passphrase }).toString();

describe('a client certificate', () => {
	it.each(FORMS)('and its key are read %s', (_how, form) => {
		for (const key of [own.key, createPrivateKey(own.key).export({ type: 'pkcs1', format: 'pem' }).toString()]) {
			const identity = readClientIdentity(form(own.cert), form(key), '');
			expect(identity).toEqual({ cert: lines(own.cert), key: lines(key) });
		}
		for (const type of ['pkcs8', 'pkcs1'] as const) {
			const identity = readClientIdentity(form(own.cert), form(encrypted(CANARY, type)), CANARY);
			expect(identity.passphrase).toBe(CANARY);
			expect(createPrivateKey({ key: identity.key, passphrase: CANARY }).type).toBe('private');
		}
	});

	it.each<[string, RegExp, () => [string, string, string]]>([
		['without a key', /'Client Private Key'; one of them is empty/, () => [own.cert, ' ', '']],
		['that is missing', /'Client Certificate' and/, () => ['', own.key, '']],
		['that is none', /'Client Certificate' of the credential does not contain/, () => [own.key, own.key, '']],
		['whose key is none', /'Client Private Key' of the credential does not contain/, () => [own.cert, own.cert, '']],
		[
			'whose key breaks off',
			/'Client Private Key' of the credential does not contain/,
			() => [own.cert, own.key.replace(/\n.{64}\n.{64}\n/, '\n'), ''],
		],
		['with the key of another', /does not match 'Client Certificate'/, () => [own.cert, other.key, '']],
		['without the passphrase', /is encrypted/, () => [own.cert, encrypted(CANARY), '']],
		['with a wrong passphrase', /'Client Key Passphrase'.*does not decrypt/, () => [own.cert, encrypted('another'), CANARY]],
	])('%s is refused without repeating it', async (_what, says, input) => {
		const [cert, key, passphrase] = input();
		const error = await expectRefusal(
			Promise.resolve().then(() => readClientIdentity(cert, key, passphrase)),
			{ code: 'INVALID_INPUT' },
			[CANARY, own.key, lines(own.key).split('\n')[1] ?? ''],
		);
		expect(error.message).toMatch(says);
	});
});
