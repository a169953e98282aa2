import { generateValue } from './items/passwordGenerator';
import { seededRandom } from './random';

/** Values that look made up, so that nobody mistakes a seed for a leak. The same random source gives the same values. */
export interface FakeValues {
	/** `fake-` and 24 letters and digits. */
	secret(): string;
	/** An otpauth:// URI; its code can be computed. */
	otpauth(account: string): string;
	/** Text between BEGIN and END lines that no tool takes for a key. */
	privateKey(): string;
	/** That many bytes of printable text. */
	text(bytes: number): string;
}

export function fakeValues(random: () => number = seededRandom()): FakeValues {
	const draw = (length: number) => generateValue({ length, characterSets: ['LETTERS', 'DIGITS'] }, random);
	const text = (bytes: number) => {
		let drawn = '';
		while (drawn.length < bytes) drawn += `${draw(Math.min(63, bytes - drawn.length))}\n`;
		return drawn.slice(0, bytes);
	};
	return {
		secret: () => `fake-${draw(24)}`,
		otpauth: (account) => {
			const secret = Array.from({ length: 16 }, () => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(Math.floor(random() * 32)));
			return `otpauth://totp/Example:${account}?secret=${secret.join('')}&issuer=Example`;
		},
		privateKey: () => `-----BEGIN FAKE KEY-----\n${text(192)}\n-----END FAKE KEY-----\n`,
		text,
	};
}
