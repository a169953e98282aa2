import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseEnv } from 'node:util';

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { CONCEALED_VALUE } from '../../../../nodes/shared/core/disclosure/concealment';
import { ENCODINGS, encodeValue, splitEncoding, type Encoding } from '../../../../nodes/shared/core/references/secretEncoding';
import { parseSecretReference } from '../../../../nodes/shared/core/references/secretReference';
import { parseJsonTemplate, parseTextTemplate } from '../../../../nodes/shared/core/references/secretTemplate';

/** Characters that mean something somewhere, and ordinary ones. */
const awkward = fc.string({
	unit: fc.constantFrom(...`abZ09 '"\\$\`!#%&*()[]{}<>|;~^@:/?=+,.-_\n\t`, '\r', '${', '\\n', 'é', '🔑', '\u2028', '$(id)', "'\\''"),
	maxLength: 20,
});
const anyText = fc.oneof(awkward, fc.string({ unit: 'grapheme', maxLength: 20 }));
const withoutNul = anyText.filter((text) => !text.includes('\0'));
const encode = (value: string, encoding: Encoding): string => encodeValue(value, encoding, 'op://v/i/f');
const SEED = { seed: 41, numRuns: 1000 };

/** What a real shell makes of the texts, each as one argument of printf. */
function shellWords(words: readonly string[]): string[] {
	const script = words.map((word) => `printf '%s\\000' ${word}`).join('\n');
	return inFolder(script, (file) => execFileSync('/bin/sh', [file], { encoding: 'utf8' }))
		.split('\0')
		.slice(0, -1);
}

/** What a real shell makes of the lines of an .env file that it reads. */
function sourced(lines: readonly string[]): string[] {
	const script = [...lines.map((line, index) => `V${index}=${line}`), ...lines.map((_line, index) => `printf '%s\\000' "$V${index}"`)].join('\n');
	return inFolder(script, (file) => execFileSync('/bin/sh', [file], { encoding: 'utf8' }))
		.split('\0')
		.slice(0, -1);
}

function inFolder<T>(content: string, use: (file: string) => T): T {
	const folder = mkdtempSync(path.join(tmpdir(), 'encoding-'));
	try {
		writeFileSync(path.join(folder, 'script'), content);
		return use(path.join(folder, 'script'));
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/**
 * As python-dotenv and Docker Compose read a quoted value: in single quotes `\\` and `\'` are escapes, in double quotes a
 * backslash escapes, and `$` begins a variable.
 */
function readStrictly(quoted: string): string {
	const inner = quoted.slice(1, -1);
	if (/\$\{/.test(inner) || (quoted.startsWith('"') && /[$\\"`]/.test(inner))) throw new Error('would be read otherwise');
	return quoted.startsWith("'") ? inner.replace(/\\([\\'])/g, '$1') : inner;
}

describe('a value encoded as', () => {
	it('url comes back from decodeURIComponent, and has only unreserved characters', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				const encoded = encode(text, 'url');
				expect(encoded).toMatch(/^(?:[\w.~-]|%[0-9A-F]{2})*$/);
				expect(decodeURIComponent(encoded)).toBe(text);
				expect(new URLSearchParams(`a=${encoded}`).get('a')).toBe(text);
				expect(new URL(`postgres://u:${encoded}@h/db`).password).toBe(encoded);
			}),
			SEED,
		);
		expect(encode('\ud800', 'url')).toBe('%EF%BF%BD');
	});

	it('json comes back from JSON.parse, quotes included', () => {
		fc.assert(
			fc.property(anyText, (text) => expect(JSON.parse(`{"a": ${encode(text, 'json')}}`)).toEqual({ a: text })),
			SEED,
		);
	});

	it('shell comes back from a real shell as one word', () => {
		const texts = fc.sample(withoutNul, SEED);
		expect(shellWords(texts.map((text) => encode(text, 'shell')))).toEqual(texts.map((text) => Buffer.from(text).toString()));
		expect(() => encode('a\0b', 'shell')).toThrow('shell');
	});

	it('env comes back from Node.js, a shell, and strict readers, and is refused if they disagree', () => {
		const texts = fc.sample(anyText, { ...SEED, numRuns: 3000 });
		const written = texts.flatMap((text) => {
			try {
				return [{ text, line: encode(text, 'env') }];
			} catch {
				expect(text).toMatch(/[\0\r]|\$\{|'[^]*["$\\`]|["$\\`][^]*'|\\(?:[\\']|$)/);
				return [];
			}
		});
		expect(written.length).toBeGreaterThan(1000);
		const expected = written.map(({ text }) => Buffer.from(text).toString());
		expect(written.map(({ line }) => parseEnv(`A=${line}\nB=1`).A)).toEqual(expected);
		expect(written.map(({ line }) => Buffer.from(readStrictly(line)).toString())).toEqual(expected);
		expect(sourced(written.map(({ line }) => line))).toEqual(expected);
	});

	it.each(['a\\\\b', "a\\'b", 'ends in \\', 'a ${b}', 'a\rb', 'a\0b', `both ' and "`, "$ and '", "` and '"])(
		'env is refused for %j, because readers disagree on it',
		(text) => {
			expect(() => encode(text, 'env')).toThrow("can't be written into an .env file");
		},
	);

	it.each([
		['a\\b $c "d" `e`', `'a\\b $c "d" \`e\`'`],
		["it's", `"it's"`],
		['', "''"],
		['two\nlines', "'two\nlines'"],
	])('env writes %j as %s', (text, line) => {
		expect(encode(text, 'env')).toBe(line);
	});

	it.each(ENCODINGS)('%s keeps the placeholder of a concealed value, and leaks nothing in an error', (encoding) => {
		expect(encode(CONCEALED_VALUE, encoding)).toBe(CONCEALED_VALUE);
		const secret = 'CANARY\0\'"${';
		try {
			encode(secret, encoding);
		} catch (error) {
			expect(JSON.stringify([error, String(error), (error as { advice?: string }).advice])).not.toContain('CANARY');
		}
	});
});

describe('the encode parameter of a reference', () => {
	it.each<[string, string, Encoding | undefined]>([
		['op://v/i/f?encode=url', 'op://v/i/f', 'url'],
		['op://v/i/f?attribute=otp&encode=json', 'op://v/i/f?attribute=otp', 'json'],
		['op://v/i/f?encode=shell&attribute=otp', 'op://v/i/f?attribute=otp', 'shell'],
		['op://v/i/f?ssh-format=openssh&encode=env', 'op://v/i/f?ssh-format=openssh', 'env'],
		['op://v/i/f?attribute=otp', 'op://v/i/f?attribute=otp', undefined],
		['op://v/encode=url/f&encode=json', 'op://v/encode=url/f&encode=json', undefined],
		['op://v/i/f | url', 'op://v/i/f | url', undefined],
	])('%s: %s, %s', (text, reference, encoding) => {
		expect(splitEncoding(text)).toEqual(encoding === undefined ? { reference } : { reference, encoding });
	});

	it.each([
		'op://v/i/f?encode=base64',
		'op://v/i/f?encode=',
		'op://v/i/f?encode=URL',
		'op://v/i/f?encode=url&encode=json',
		'op://v/i/f?encode=url&encode=url',
	])('%s is refused', (text) => {
		expect(() => splitEncoding(text)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }) as unknown as Error);
	});

	it('changes the meaning of no reference, because every text with it was refused before', () => {
		const piece = fc.constantFrom(
			'v',
			'i',
			'f',
			'/',
			'?',
			'&',
			'=',
			'encode=url',
			'encode=',
			'attribute=otp',
			'ssh-format=openssh',
			' ',
			'|',
			'é',
			'%3F',
		);
		const queries = fc.array(piece, { maxLength: 3 }).map((pieces) => `op://v/i/f?${pieces.join('&')}`);
		const references = fc.oneof(
			queries,
			fc.array(piece, { maxLength: 9 }).map((pieces) => `op://v/i/${pieces.join('')}`),
		);
		let changed = 0;
		fc.assert(
			fc.property(references, (text) => {
				const isReference = succeeds(() => parseSecretReference(text));
				const split = succeeds(() => splitEncoding(text)) ? splitEncoding(text) : undefined;
				if (split?.encoding !== undefined) changed++;
				if (isReference) expect(split).toEqual({ reference: text });
			}),
			{ seed: 17, numRuns: 10_000 },
		);
		expect(changed).toBeGreaterThan(100);
	});
});

function succeeds(attempt: () => unknown): boolean {
	try {
		attempt();
		return true;
	} catch {
		return false;
	}
}

describe('an encoded reference in a template', () => {
	const SECRET = `p@ss' "w$rd\\`;

	it.each([
		['postgres://app:op://v/i/f?encode=url@db', `postgres://app:${encodeURIComponent(SECRET).replace("'", '%27')}@db`],
		['{"key": {{ op://v/i/f?encode=json }}}', JSON.stringify({ key: SECRET }).replace(':', ': ')],
		['curl -u {{op://My Vault/i/f?encode=shell}}', `curl -u 'p@ss'\\'' "w$rd\\'`],
		['{{ op://v/i/f }}', SECRET],
	])('%s', (template, result) => {
		const { references, render } = parseTextTemplate(template);
		expect(references[0]).not.toContain('encode');
		expect(render([SECRET])).toBe(result);
	});

	it('each reference has its own encoding, even inside JSON', () => {
		const { references, render } = parseJsonTemplate({
			url: 'https://x/?a=op://v/i/f?encode=url&b={{ op://v/i/g?attribute=otp&encode=json }}',
			plain: 'op://v/i/f',
		});
		expect(references).toEqual(['op://v/i/f', 'op://v/i/g?attribute=otp', 'op://v/i/f']);
		expect(render(['a b', '1"2', 'a b'])).toEqual({ url: 'https://x/?a=a%20b&b="1\\"2"', plain: 'a b' });
	});

	it("a value that can't be encoded is refused with its reference, without the value", () => {
		const { render } = parseTextTemplate('A={{ op://v/i/f?encode=env }}');
		expect(() => render([SECRET])).toThrow(
			expect.objectContaining({
				code: 'INVALID_INPUT',
				message: expect.stringMatching(/^op:\/\/v\/i\/f\?encode=env: The value/),
			}) as unknown as Error,
		);
		expect(() => render([SECRET])).not.toThrow('p@ss');
	});
});
