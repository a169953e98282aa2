import { execFileSync, spawnSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';
import { toOpenSshKey } from '../../../../nodes/shared/core/references/openSshKey';

const KEYS: ReadonlyArray<readonly [string, KeyObject]> = [
	['Ed25519', generateKeyPairSync('ed25519').privateKey],
	['RSA 2048', generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey],
	['RSA with an odd length', generateKeyPairSync('rsa', { modulusLength: 2049 }).privateKey],
	...['P-256', 'P-384', 'P-521'].map((namedCurve) => [namedCurve, generateKeyPairSync('ec', { namedCurve }).privateKey] as const),
];

function pkcs8(key: KeyObject): string {
	return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** The blocks of the file: the public key, and the part that a passphrase would encrypt. */
function unwrap(text: string): { publicKey: Buffer; secret: Buffer } {
	const body = Buffer.from(text.split('\n').slice(1, -2).join(''), 'base64');
	expect(body.subarray(0, 15).toString()).toBe('openssh-key-v1\0');
	const [cipher, kdf, kdfOptions] = blocks(body.subarray(15), 3);
	expect([cipher?.toString(), kdf?.toString(), kdfOptions?.length]).toEqual(['none', 'none', 0]);
	// After 15 + (4 + 4) + (4 + 4) + 4 bytes comes the number of keys.
	expect(body.readUInt32BE(35)).toBe(1);
	const [publicKey, secret] = blocks(body.subarray(39), 2) as [Buffer, Buffer];
	return { publicKey, secret };
}

function blocks(bytes: Buffer, count: number): Buffer[] {
	const found: Buffer[] = [];
	for (let at = 0; found.length < count; at += 4 + (found.at(-1)?.length ?? 0)) {
		const length = bytes.readUInt32BE(at);
		found.push(bytes.subarray(at + 4, at + 4 + length));
	}
	return found;
}

const hasSshKeygen = spawnSync('ssh-keygen', ['-?']).error === undefined;

describe.each(KEYS)('a private key (%s)', (_type, key) => {
	it('has the OpenSSH envelope', () => {
		const text = toOpenSshKey(pkcs8(key));
		expect(text).toMatch(/^-----BEGIN OPENSSH PRIVATE KEY-----\n([\w+/=]{1,70}\n)+-----END OPENSSH PRIVATE KEY-----\n$/);
		const { publicKey, secret } = unwrap(text);
		expect(secret.length % 8).toBe(0);
		expect(secret.subarray(0, 4)).toEqual(secret.subarray(4, 8));
		expect(secret.subarray(8, 19)).toEqual(publicKey.subarray(0, 11));
	});

	it('gives the same text each time', () => {
		expect(toOpenSshKey(pkcs8(key))).toBe(toOpenSshKey(`\n${pkcs8(key)}\n`));
	});

	it('that OpenSSH wrote stays unchanged', () => {
		const text = toOpenSshKey(pkcs8(key));
		expect(toOpenSshKey(text)).toBe(text);
		expect(toOpenSshKey(text.trim())).toBe(text);
	});

	(hasSshKeygen ? it : it.skip)(
		'is read by ssh-keygen as the same key',
		() => {
			const folder = mkdtempSync(path.join(tmpdir(), 'openssh-key-'));
			try {
				const file = path.join(folder, 'key');
				writeFileSync(file, toOpenSshKey(pkcs8(key)), { mode: 0o600 });
				const run = (args: string[], input = ''): string => execFileSync('ssh-keygen', args, { encoding: 'utf8', input, stdio: 'pipe' });
				const line = run(['-y', '-f', file]);
				writeFileSync(`${file}.pub`, line);
				const publicKey = createPublicKey(key).export({ format: 'jwk' });
				if (key.asymmetricKeyType === 'ed25519') {
					expect(
						Buffer.from(line.split(' ')[1] ?? '', 'base64')
							.subarray(-32)
							.toString('base64url'),
					).toBe(publicKey.x);
				} else {
					expect(createPublicKey(run(['-e', '-m', 'PKCS8', '-f', `${file}.pub`])).export({ format: 'jwk' })).toEqual(publicKey);
				}
				const signature = `${file}.sig`;
				writeFileSync(signature, run(['-Y', 'sign', '-f', file, '-n', 'test'], 'message'));
				expect(run(['-Y', 'check-novalidate', '-n', 'test', '-s', signature], 'message')).toMatch(/^Good "test" signature/);
			} finally {
				rmSync(folder, { recursive: true });
			}
		},
		60_000,
	);
});

/** The numbers of the private part, without a zero byte that only keeps them positive. */
function numbersOf(key: KeyObject, from: number, count: number): string[] {
	const { secret } = unwrap(toOpenSshKey(pkcs8(key)));
	return blocks(secret.subarray(8), from + count)
		.slice(from)
		.map((block) => (block[0] === 0 && (block[1] ?? 0) >= 0x80 ? block.subarray(1) : block).toString('base64url'));
}

it("writes the numbers of an RSA key in OpenSSH's order", () => {
	const key = KEYS[1]?.[1] as KeyObject;
	const { n, e, d, qi, p, q } = key.export({ format: 'jwk' });
	expect(numbersOf(key, 1, 6)).toEqual([n, e, d, qi, p, q]);
});

it('writes numbers without leading zeros', () => {
	const short = (): KeyObject => {
		for (;;) {
			const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-521' });
			const [first, second = 0] = Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url');
			if (first === 0 && second < 0x80) return privateKey;
		}
	};
	const key = short();
	const [d = ''] = numbersOf(key, 3, 1);
	expect(Buffer.from(d, 'base64url')[0]).not.toBe(0);
	expect(BigInt(`0x${Buffer.from(d, 'base64url').toString('hex')}`)).toBe(
		BigInt(`0x${Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url').toString('hex')}`),
	);
});

it('accepts RSA and ECDSA keys in their older PEM forms', () => {
	const rsa = KEYS[1]?.[1] as KeyObject;
	expect(toOpenSshKey(rsa.export({ type: 'pkcs1', format: 'pem' }).toString())).toBe(toOpenSshKey(pkcs8(rsa)));
	const ec = KEYS[3]?.[1] as KeyObject;
	expect(toOpenSshKey(ec.export({ type: 'sec1', format: 'pem' }).toString())).toBe(toOpenSshKey(pkcs8(ec)));
});

describe('anything else', () => {
	const whole = pkcs8(generateKeyPairSync('ed25519').privateKey);
	const bodyOf = (pem: string): string => pem.split('\n')[1] ?? '';

	it.each<[string, string]>([
		['nothing', ''],
		['text', 'hunter2-hunter2-hunter2'],
		['half a key', whole.slice(0, 80)],
		['a damaged key', whole.replace('MC4', 'AAA')],
		[
			'an encrypted key',
			generateKeyPairSync('ed25519', {
				privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'hunter2' },
				publicKeyEncoding: { type: 'spki', format: 'pem' },
			}).privateKey,
		],
		['a public key', createPublicKey(whole).export({ type: 'spki', format: 'pem' }).toString()],
		['an Ed448 key', pkcs8(generateKeyPairSync('ed448').privateKey)],
		['a curve that OpenSSH does not know', pkcs8(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey)],
	])('is refused without repeating it: %s', (_what, pem) => {
		try {
			toOpenSshKey(pem);
		} catch (error) {
			expect(error).toBeInstanceOf(OnePasswordError);
			expect(error).toMatchObject({ code: 'INVALID_INPUT' });
			expect((error as Error).cause).toBeUndefined();
			const said = `${(error as Error).message}${(error as Error).stack ?? ''}${JSON.stringify(error)}`;
			expect(said).not.toContain('hunter2');
			if (bodyOf(pem) !== '') expect(said).not.toContain(bodyOf(pem).slice(0, 20));
			return;
		}
		throw new Error('It was taken.');
	});
});
