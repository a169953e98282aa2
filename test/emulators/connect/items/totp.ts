import { createHmac } from 'node:crypto';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The one-time password of RFC 6238 at that time; undefined when `source` is neither otpauth://totp/ URI nor base32. */
export function oneTimePassword(source: string, nowMs: number): string | undefined {
	const parameters = parametersOf(source.trim());
	const key = parameters && decodeBase32(parameters.secret);
	if (!parameters || !key || key.length === 0) return undefined;
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(Math.floor(nowMs / 1_000 / parameters.periodS)));
	const digest = createHmac(parameters.algorithm, key).update(counter).digest();
	const offset = digest.readUInt8(digest.length - 1) & 0x0f;
	const number = (digest.readUInt32BE(offset) & 0x7fffffff) % 10 ** parameters.digits;
	return String(number).padStart(parameters.digits, '0');
}

interface Parameters {
	readonly secret: string;
	readonly algorithm: string;
	readonly digits: number;
	readonly periodS: number;
}

function parametersOf(source: string): Parameters | undefined {
	const query = source.startsWith('otpauth://totp/') ? new URLSearchParams(source.split('?')[1]) : undefined;
	if (!query && source.includes(':')) return undefined;
	const algorithm = (query?.get('algorithm') ?? 'SHA1').toLowerCase();
	const digits = Number(query?.get('digits') ?? 6);
	const periodS = Number(query?.get('period') ?? 30);
	const usable = ['sha1', 'sha256', 'sha512'].includes(algorithm) && digits >= 6 && digits <= 10 && periodS >= 1;
	return usable ? { secret: query ? (query.get('secret') ?? '') : source, algorithm, digits, periodS } : undefined;
}

function decodeBase32(text: string): Buffer | undefined {
	const bytes: number[] = [];
	let bits = 0;
	let pending = 0;
	for (const character of text.replace(/[\s-]/g, '').replace(/=+$/, '').toUpperCase()) {
		const value = BASE32.indexOf(character);
		if (value < 0) return undefined;
		pending = (pending << 5) | value;
		bits += 5;
		if (bits < 8) continue;
		bits -= 8;
		bytes.push(pending >> bits);
		pending &= (1 << bits) - 1;
	}
	return Buffer.from(bytes);
}
