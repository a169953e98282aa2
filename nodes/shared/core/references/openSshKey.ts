/**
 * Converts private keys from the form in which 1Password stores them (PEM, usually PKCS#8) to OpenSSH's, without a
 * passphrase.
 */

import { createHash, createPrivateKey } from 'node:crypto';

import { invalidInput } from '../errors/onePasswordError';

const BEGIN = '-----BEGIN OPENSSH PRIVATE KEY-----';
const END = '-----END OPENSSH PRIVATE KEY-----';
const LINE_CHARACTERS = 70;
/** Of the cipher "none". */
const BLOCK_BYTES = 8;

/** The numbers of a key as base64url, keyed by their RFC 7517 names. */
type Numbers = Readonly<Record<string, unknown>>;

interface KeyParts {
	readonly publicKey: Buffer;
	readonly privateKey: Buffer;
}

/**
 * @returns the key with a final newline, which OpenSSH requires.
 * @throws OnePasswordError INVALID_INPUT if it is not an Ed25519, RSA or ECDSA private key.
 */
export function toOpenSshKey(pem: string): string {
	const trimmed = pem.trim();
	if (trimmed.startsWith(BEGIN)) return `${trimmed}\n`;
	const { publicKey, privateKey } = partsOf(readNumbers(trimmed));
	// Any number works if it appears twice. Deriving it from the key gives the same text each time.
	const check = createHash('sha256').update(publicKey).digest().subarray(0, 4);
	const comment = Buffer.alloc(4);
	const secret = pad(Buffer.concat([check, check, privateKey, comment]));
	const body = Buffer.concat([Buffer.from('openssh-key-v1\0'), text('none'), text('none'), text(''), uint32(1), block(publicKey), block(secret)]);
	const lines = body.toString('base64').match(new RegExp(`.{1,${LINE_CHARACTERS}}`, 'g')) ?? [];
	return [BEGIN, ...lines, END, ''].join('\n');
}

function readNumbers(pem: string): Numbers {
	try {
		return createPrivateKey(pem).export({ format: 'jwk' }) as Numbers;
	} catch {
		throw unreadable();
	}
}

function partsOf(key: Numbers): KeyParts {
	const curve = key.kty === 'EC' && typeof key.crv === 'string' ? CURVES[key.crv] : undefined;
	if (curve !== undefined) return ecdsaParts(key, curve);
	if (key.kty === 'RSA') return rsaParts(key);
	if (key.crv === 'Ed25519') return ed25519Parts(key);
	throw unreadable();
}

function ed25519Parts({ x, d }: Numbers): KeyParts {
	const publicKey = Buffer.concat([text('ssh-ed25519'), block(bytes(x))]);
	return { publicKey, privateKey: Buffer.concat([publicKey, block(Buffer.concat([bytes(d), bytes(x)]))]) };
}

function rsaParts({ n, e, d, qi, p, q }: Numbers): KeyParts {
	const type = text('ssh-rsa');
	return {
		publicKey: Buffer.concat([type, integer(e), integer(n)]),
		privateKey: Buffer.concat([type, ...[n, e, d, qi, p, q].map(integer)]),
	};
}

/** By their names in RFC 7518. */
const CURVES: Readonly<Record<string, string | undefined>> = {
	'P-256': 'nistp256',
	'P-384': 'nistp384',
	'P-521': 'nistp521',
};

function ecdsaParts({ x, y, d }: Numbers, curve: string): KeyParts {
	const uncompressed = Buffer.from([4]);
	const point = block(Buffer.concat([uncompressed, bytes(x), bytes(y)]));
	const publicKey = Buffer.concat([text(`ecdsa-sha2-${curve}`), text(curve), point]);
	return { publicKey, privateKey: Buffer.concat([publicKey, integer(d)]) };
}

function bytes(number: unknown): Buffer {
	return Buffer.from(String(number), 'base64url');
}

/** RFC 4251: no leading zero bytes, except one before a byte that would make the number negative. */
function integer(number: unknown): Buffer {
	const all = bytes(number);
	const first = all.findIndex((byte) => byte !== 0);
	const digits = all.subarray(Math.max(first, 0));
	return block((digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), digits]) : digits);
}

function text(value: string): Buffer {
	return block(Buffer.from(value));
}

function block(content: Buffer): Buffer {
	return Buffer.concat([uint32(content.length), content]);
}

function uint32(value: number): Buffer {
	const buffer = Buffer.alloc(4);
	buffer.writeUInt32BE(value);
	return buffer;
}

/** Padded with 1, 2, 3, … */
function pad(content: Buffer): Buffer {
	const missing = (BLOCK_BYTES - (content.length % BLOCK_BYTES)) % BLOCK_BYTES;
	return Buffer.concat([content, Buffer.from(Array.from({ length: missing }, (_, index) => index + 1))]);
}

/** Mentions neither the input nor the parser's reason, because a parser's error may quote the key. */
function unreadable(): ReturnType<typeof invalidInput> {
	return invalidInput(
		"The private key could not be read, so it can't be converted to the OpenSSH format.",
		'Check the key in the 1Password app: Ed25519, RSA and ECDSA keys can be converted.',
	);
}
