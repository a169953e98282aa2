import { execFileSync } from 'node:child_process';
import { parseEnv } from 'node:util';

import { describe, expect, it } from '@jest/globals';
import { load } from 'js-yaml';

import { DEFAULT_PASSWORD_SETS, PASSWORD_LENGTH, generatePassword, type PasswordSet } from '../../../../nodes/shared/core/password/passwordGenerator';
import { seededRandom } from '../../../emulators/connect';

/** What people put generated values into without escaping anything, which must give the same value back. */

const random = seededRandom(2_000);

function passwords(sets: readonly PasswordSet[], length: number = PASSWORD_LENGTH.default): string[] {
	return Array.from({ length: 2_000 }, () => generatePassword({ kind: 'characters', length, sets }, (max) => Math.floor(random() * max)));
}

/** A plain scalar that YAML 1.1 reads as something other than text, which js-yaml (YAML 1.2) does not know. */
const YAML_1_1 =
	/^(?:[-+]?(?:0b[01_]+|0x[\da-f_]+|0o?[0-7_]+|[\d_]+(?:\.[\d_]*)?(?:e[-+]?\d+)?|\.[\d_]+(?:e[-+]?\d+)?|\.(?:inf|nan))|[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?|\d{4}-\d\d?-\d\d?.*|~|null|y|n|yes|no|on|off|true|false|=|<<)?$/i;

const TEXTS: ReadonlyArray<readonly [string, readonly string[]]> = [
	['default passwords', passwords(DEFAULT_PASSWORD_SETS)],
	['the shortest ones', passwords(DEFAULT_PASSWORD_SETS, PASSWORD_LENGTH.minimum)],
	['letters and digits', passwords(['lowercase', 'uppercase', 'digits'], PASSWORD_LENGTH.minimum)],
	['small letters and digits, which make hexadecimal numbers', passwords(['lowercase', 'digits'], PASSWORD_LENGTH.minimum)],
];

describe.each(TEXTS)('2,000 %s need no escaping', (_what, values) => {
	it('in a URL', () => {
		expect(values.filter((value) => encodeURIComponent(value) !== value)).toEqual([]);
		expect(values.filter((value) => new URL(`postgres://u:${value}@h/db`).password !== value)).toEqual([]);
		expect(values.filter((value) => new URL(`https://h/?p=${value}`).searchParams.get('p') !== value)).toEqual([]);
	});

	it('in a form body', () => {
		expect(values.filter((value) => new URLSearchParams({ p: value }).toString() !== `p=${value}`)).toEqual([]);
	});

	it('as a shell word', () => {
		const script = values.map((value) => `printf '%s\\n' ${value} A=${value}`).join('\n');
		const lines = execFileSync('/bin/sh', ['-s'], { encoding: 'utf8', input: script }).split('\n').slice(0, -1);
		expect(lines).toEqual(values.flatMap((value) => [value, `A=${value}`]));
		// Not taken for an option of a command, a hidden file, or a home directory either.
		expect(values.filter((value) => !/^[A-Za-z].*[A-Za-z0-9]$/.test(value))).toEqual([]);
	});

	it('as a plain YAML scalar', () => {
		expect(values.filter((value) => (load(`p: ${value}\n`) as { p: unknown }).p !== value)).toEqual([]);
		expect(values.filter((value) => (load(`- ${value}\n`) as unknown[])[0] !== value)).toEqual([]);
		expect(values.filter((value) => YAML_1_1.test(value))).toEqual([]);
	});

	it('in a line of an .env file, and in JSON', () => {
		const read = parseEnv(values.map((value, index) => `V${index}=${value}`).join('\n'));
		expect(values.map((_value, index) => read[`V${index}`])).toEqual(values);
		expect(values.filter((value) => JSON.stringify(value) !== `"${value}"`)).toEqual([]);
	});

	it('in a key=value connection string', () => {
		expect(values.filter((value) => /[\s;='"\\{}]/.test(value))).toEqual([]);
	});
});

it('the YAML 1.1 check recognizes what is not text', () => {
	expect(['~', '1e5', '0x1F', '12_3', '.5', '-1', 'Yes', 'off', '2027-01-31', '.inf', '1:20', ''].every((text) => YAML_1_1.test(text))).toBe(true);
	expect(['a1e5', 'yesterday', 'x0x1F', 'a-b'].some((text) => YAML_1_1.test(text))).toBe(false);
});

it('choosing all symbols gives the same as in earlier releases', () => {
	const values = passwords(['lowercase', 'uppercase', 'digits', 'symbols'], 32);
	expect(values.join('')).toMatch(/[@:^+=~]/);
	expect(values.some((value) => /^[!*+.:=@^_~\d-]/.test(value))).toBe(true);
});
