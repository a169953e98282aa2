import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';
import { parseJsonTemplate, parseTextTemplate } from '../../../../nodes/shared/core/references/secretTemplate';
import { cpuMsOf } from '../../../support/cpuTime';

/** The references that were found, and the text with `<n>` in their places. */
function read(template: string): [string[], string] {
	const { references, render } = parseTextTemplate(template);
	return [[...references], render(references.map((_reference, index) => `<${index}>`))];
}

describe('a template', () => {
	it.each<[string, string[], string]>([
		// enclosed
		['{{ op://v/i/f }}', ['op://v/i/f'], '<0>'],
		['{{op://v/i/f}}', ['op://v/i/f'], '<0>'],
		['{{ \t op://v/i/f\t}}', ['op://v/i/f'], '<0>'],
		['{{ op://My Vault/R&D/clé privée }}', ['op://My Vault/R&D/clé privée'], '<0>'],
		['{{ op://v/i/f?attribute=otp }}', ['op://v/i/f?attribute=otp'], '<0>'],
		['{{ op://v/i/{f} }}', ['op://v/i/{f}'], '<0>'],
		['{"a":{{op://v/i/f}}}', ['op://v/i/f'], '{"a":<0>}'],
		['{{{op://v/i/f}}}', ['op://v/i/f'], '{<0>}'],
		['a{{ op://v/i/f }}{{ op://v/i/g }}b', ['op://v/i/f', 'op://v/i/g'], 'a<0><1>b'],
		['{{ op://v/i/f }}op://v/i/g', ['op://v/i/f', 'op://v/i/g'], '<0><1>'],
		['{{ op://v/i/f }} and {{ op://v/i/f }}', ['op://v/i/f', 'op://v/i/f'], '<0> and <1>'],
		['{{ op://v/i/f !important }}', ['op://v/i/f !important'], '<0>'],
		// not enclosed
		['op://v/i/f', ['op://v/i/f'], '<0>'],
		['key=op://v/i/f', ['op://v/i/f'], 'key=<0>'],
		['"op://v/i/f"', ['op://v/i/f'], '"<0>"'],
		['op://v/i/f op://v/i/g', ['op://v/i/f', 'op://v/i/g'], '<0> <1>'],
		['op://prod/docker-credentials/user_name.x', ['op://prod/docker-credentials/user_name.x'], '<0>'],
		['op://v/i/f?attribute=otp&x', ['op://v/i/f?attribute=otp'], '<0>&x'],
		['op://v/i/f?ssh-format=openssh', ['op://v/i/f?ssh-format=openssh'], '<0>'],
		['https://x.example/?a=op://v/i/f&b=op://v/i/g#c', ['op://v/i/f', 'op://v/i/g'], 'https://x.example/?a=<0>&b=<1>#c'],
		['postgres://app:op://v/i/f@db:5432', ['op://v/i/f'], 'postgres://app:<0>@db:5432'],
		['op://v/i/f=x', ['op://v/i/f'], '<0>=x'],
		['op://h?ack/1Password!/for"real', ['op://h?ack/1Password'], '<0>!/for"real'],
		['op://{vault}/[item]', ['op://'], '<0>{vault}/[item]'],
		['op://Büro/i/f', ['op://B'], '<0>üro/i/f'],
		['op://v/i/f.', ['op://v/i/f.'], '<0>'],
		['{{ op://v/i/f', ['op://v/i/f'], '{{ <0>'],
		['{{ op://v/i/f }', ['op://v/i/f'], '{{ <0> }'],
		['{{ op://a {{ op://b/c/d }}', ['op://a', 'op://b/c/d'], '{{ <0> <1>'],
		['{{ op://v/i/f\n}}', ['op://v/i/f'], '{{ <0>\n}}'],
		// what only looks like one
		['shop://v/i/f', [], 'shop://v/i/f'],
		['-op://v/i/f', [], '-op://v/i/f'],
		['+op://v/i/f', [], '+op://v/i/f'],
		['.op://v/i/f', [], '.op://v/i/f'],
		['\\op://v/i/f', [], '\\op://v/i/f'],
		['OP://v/i/f', [], 'OP://v/i/f'],
		['op:/v/i/f', [], 'op:/v/i/f'],
		['{{ name }} {{{raw}}} ${x} $x {% if %}', [], '{{ name }} {{{raw}}} ${x} $x {% if %}'],
		// the escape
		['{{ "{{ test op://x/y/z }}" }}', [], '{{ test op://x/y/z }}'],
		['{{"op://x/y/z"}}', [], 'op://x/y/z'],
		['{{ "say \\"op://x/y/z\\"" }}', [], 'say "op://x/y/z"'],
		['{{ "a\\b" }}', [], 'a\\b'],
		['{{ "a" }}{{ "b" }}', [], 'ab'],
		['{{ "" }}', [], ''],
		['{{ "a" b }}', [], '{{ "a" b }}'],
		['{{ "op://v/i/f }}', ['op://v/i/f'], '{{ "<0> }}'],
		// variables are n8n's business
		['op://$ENV/i/f', ['op://'], '<0>$ENV/i/f'],
		['{{ op://${ENV:-dev}/i/f }}', ['op://${ENV:-dev}/i/f'], '<0>'],
		['', [], ''],
	])('%j contains %j', (template, references, text) => {
		expect(read(template)).toEqual([references, text]);
	});

	it.each([
		'say "hi"',
		"it's",
		'line\nbreak\r\n',
		'{{ op://v/i/g }}',
		'op://v/i/g',
		'}} {{ "x" }}',
		'$& $1 $$ ${x} $`',
		'\\"\\\\',
		'\u0000\u2028\ud800',
		'<0>',
	])('treats the value %j as data', (value) => {
		const text = 'a op://v/i/f b {{ op://v/i/h }} c';
		expect(parseTextTemplate(text).render([value, 'second'])).toBe(`a ${value} b second c`);
		const { references, render } = parseJsonTemplate({ a: [text], op: 'op://v/i/f' });
		const result = render(references.map(() => value));
		expect(result).toEqual({ a: [`a ${value} b ${value} c`], op: value });
		expect(JSON.parse(JSON.stringify(result))).toEqual(result);
	});

	it('without references stays unchanged', () => {
		const text = fc.string({ unit: fc.constantFrom(...'{}"\\ op:/a$?\n') }).filter((candidate) => !/op:\/\/|\{\{[ \t]*"/.test(candidate));
		fc.assert(
			fc.property(text, (template) => expect(read(template)).toEqual([[], template])),
			{ seed: 3, numRuns: 3_000 },
		);
	});

	it('of a megabyte is parsed quickly with any contents', async () => {
		for (const part of ['{', '{{', '{{ "', '{{ op://', '{{ "\\"', 'op://', '{{ op://a/b/c', '{{ "a" ', '{{ op://{ ', '\\"', '{{ "\\']) {
			const ms = await cpuMsOf(() => read(part.repeat(1_000_000 / part.length)));
			expect([part, ms < 5_000]).toEqual([part, true]);
		}
	}, 60_000);
});

describe('a JSON template', () => {
	it('has its strings filled in, and nothing else', () => {
		const template = {
			'op://v/i/name': 'op://v/i/f',
			n: 1,
			yes: true,
			none: null,
			deep: [{ url: 'https://op://v/i/f/' }, ['{{ op://v/i/g }}']],
		};
		const { references, render } = parseJsonTemplate(template);
		expect(references).toEqual(['op://v/i/f', 'op://v/i/f/', 'op://v/i/g']);
		expect(render(['1', '2', '3'])).toEqual({ 'op://v/i/name': '1', n: 1, yes: true, none: null, deep: [{ url: 'https://2' }, ['3']] });
	});

	it('can be a single string, number or null', () => {
		expect(parseJsonTemplate('op://v/i/f').render(['x'])).toBe('x');
		expect(parseJsonTemplate(7).render([])).toBe(7);
		expect(parseJsonTemplate(null).render([])).toBe(null);
	});

	it('can have properties of any name', () => {
		const template = JSON.parse('{"__proto__":"op://v/i/f","constructor":{"toString":"op://v/i/f"}}') as object;
		const result = parseJsonTemplate(template).render(['a', 'b']);
		expect(JSON.stringify(result)).toBe('{"__proto__":"a","constructor":{"toString":"b"}}');
	});

	it('is refused if nested too deeply', () => {
		const deep = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`) as unknown;
		expect(() => parseJsonTemplate(deep)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }) as unknown as OnePasswordError);
	});

	it('stays valid JSON with any template and values', () => {
		const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('op://v/i/f', 'a {{ op://v/i/f }} b', '{{ "x" }}'));
		fc.assert(
			fc.property(fc.json({ stringUnit: 'binary' }), fc.dictionary(fc.string(), text), text, (json, more, value) => {
				const template = { json: JSON.parse(json) as unknown, more };
				const { references, render } = parseJsonTemplate(template);
				const result = JSON.stringify(render(references.map(() => value)));
				// Read once more, the values are still those that were put in.
				expect(JSON.stringify(JSON.parse(result))).toBe(result);
				if (references.length === 0 && !JSON.stringify(template).includes('{{')) expect(result).toBe(JSON.stringify(template));
			}),
			{ seed: 5, numRuns: 2_000 },
		);
	});
});

it.each(['{{ op://', '{{ "'])('megabytes after %s are plain text', (beginning) => {
	const template = `${beginning}${' '.repeat(12_000_000)}`;
	expect(parseTextTemplate(template).render(['x']).length).toBeGreaterThan(12_000_000);
});
