import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { resolveReferences, type ResolvedReference } from '../../../../nodes/shared/connect/secrets/resolveReferences';
import type { Outcome } from '../../../../nodes/shared/async/outcome';
import { ERROR_CODES, OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';
import { parseJsonTemplate, parseTextTemplate, type Template } from '../../../../nodes/shared/core/references/secretTemplate';
import type { SeedItem } from '../../../emulators/connect';
import { leaksIn, canary } from '../../../support/canaries';
import { openScene, type Scene } from '../../../support/connectScene';

const RUNS = 10_000;

const VALUES = ['key', 'seed', 'file', 'note', 'admin', 'text'].map(canary);
const [KEY, SEED, FILE, NOTE, ADMIN, TEXT] = VALUES as [string, string, string, string, string, string];

const ITEM: SeedItem = {
	title: 'Key',
	sections: [{ id: 'admin', label: 'Admin' }],
	fields: [
		{ id: 'key', label: 'key', type: 'CONCEALED', value: KEY },
		{ id: 'otp', label: 'otp', type: 'OTP', value: `otpauth://totp/${SEED}?secret=GEZDGNBVGY3TQOJQ` },
		{ id: 'ssh', label: 'ssh', type: 'SSHKEY', value: `-----BEGIN PRIVATE KEY-----\n${KEY}` },
		{ id: 'notesPlain', label: 'notes', type: 'STRING', value: NOTE },
		{ id: 'a1', label: 'twin', section: { id: 'admin' }, type: 'STRING', value: ADMIN },
		{ id: 'a2', label: 'twin', section: { id: 'admin' }, type: 'EMAIL', value: TEXT },
	],
	files: [
		{ name: 'file', content: FILE },
		{ name: 'bytes', content: Buffer.from([0xff, ...Buffer.from(FILE)]) },
	],
};

const part = fc.oneof(
	{
		weight: 8,
		arbitrary: fc.constantFrom(
			'Production',
			'Key',
			'KEY',
			'Twin',
			'Admin',
			'admin',
			'key',
			'otp',
			'ssh',
			'notes',
			'twin',
			'file',
			'bytes',
			'zzzzzzzzzzzzzzzzzzzzzzzzzz',
			'',
		),
	},
	fc.string({ maxLength: 6, unit: 'binary' }),
	fc.constantFrom('__proto__', 'constructor', '..', '%2f', '\ud800', '{{', '}}', '"', '$x', ' '),
);
const query = fc.oneof(
	{ weight: 3, arbitrary: fc.constant('') },
	fc.constantFrom(
		'?attribute=otp',
		'?attribute=type',
		'?attr=value',
		'?attribute=content',
		'?attribute=size',
		'?ssh-format=openssh',
		'?',
		'?attribute=__proto__',
	),
	fc.string({ maxLength: 6 }).map((text) => `?${text}`),
);
const path = fc.oneof(
	{ weight: 3, arbitrary: part.map((last) => `Production/Key/${last}`) },
	{ weight: 1, arbitrary: part.map((last) => `Production/Key/Admin/${last}`) },
	fc.array(part, { maxLength: 6 }).map((parts) => parts.join('/')),
);
const prefix = fc.oneof({ weight: 20, arbitrary: fc.constant('op://') }, fc.constantFrom('', 'OP://', 'op:/', ' op://'));
const reference = fc.tuple(prefix, path, query).map((pieces) => pieces.join(''));

const template = fc
	.array(
		fc.oneof(
			{
				weight: 2,
				arbitrary: fc.constantFrom('op://Production/Key/key', '{{ op://Production/Key/file }}', '{{ op://Production/Key/notes }}'),
			},
			reference,
			reference.map((text) => `{{ ${text} }}`),
			fc.constantFrom('{{', '}}', '"', '\\', '\n', '{{ "', '" }}', '$x', 'a'),
			fc.string({ maxLength: 5 }),
		),
		{ maxLength: 5 },
	)
	.map((pieces) => pieces.join(''));

async function open(): Promise<Scene['run']> {
	const { run } = await openScene({ items: [ITEM, { title: 'Twin' }, { title: 'Twin' }] });
	return { ...run, expectMany: true };
}

/** Expects the package's own error, without a value in it. @returns the code, or "ok". */
function judge(outcome: Outcome<ResolvedReference>): string {
	if (outcome.ok) return 'ok';
	const { error } = outcome;
	expect(error).toBeInstanceOf(OnePasswordError);
	expect(ERROR_CODES).toContain(error.code);
	expect(error.cause).toBeUndefined();
	const leaks = leaksIn(`${error.stack}${JSON.stringify(error)}`, VALUES);
	if (leaks.length > 0) throw new Error(`A value is in the error ${error.message}`);
	return error.code;
}

function tally(codes: readonly string[]): Record<string, number> {
	return codes.reduce<Record<string, number>>((counts, code) => ({ ...counts, [code]: (counts[code] ?? 0) + 1 }), {});
}

describe('ten thousand', () => {
	it('references are resolved or refused, and no error contains a value', async () => {
		const references = fc.sample(reference, { numRuns: RUNS, seed: 2026 });
		const run = await open();
		const codes = tally([
			...(await resolveReferences(run, references)).map(judge),
			...(await resolveReferences(run, references, { reveal: false })).map(judge),
		]);
		for (const code of ['ok', 'INVALID_INPUT', 'VAULT_NOT_FOUND', 'ITEM_NOT_FOUND', 'FIELD_NOT_FOUND', 'AMBIGUOUS']) {
			expect([code, (codes[code] ?? 0) > 20]).toEqual([code, true]);
		}
	}, 120_000);

	it('without Reveal have no secret in their result', async () => {
		const references = fc.sample(reference, { numRuns: RUNS, seed: 2027 });
		const outcomes = await resolveReferences(await open(), references, { reveal: false });
		expect(leaksIn(JSON.stringify(outcomes), [KEY, SEED, FILE, NOTE])).toEqual([]);
	}, 120_000);

	it.each<[string, (text: string) => Template<unknown>]>([
		['text', parseTextTemplate],
		['JSON', (text) => parseJsonTemplate({ [text]: [text, { deep: text }] })],
	])(
		'%s templates are filled in or refused',
		async (_kind, parse) => {
			const run = await open();
			const parsed = fc.sample(template, { numRuns: RUNS, seed: 2028 }).map(parse);
			const outcomes = new Map<string, Outcome<ResolvedReference>>();
			const references = [...new Set(parsed.flatMap(({ references }) => references))];
			(await resolveReferences(run, references)).forEach((outcome, index) => outcomes.set(references[index] ?? '', outcome));
			let filled = 0;
			for (const { references, render } of parsed) {
				const found = references.map((text) => outcomes.get(text) as Outcome<ResolvedReference>);
				if (!found.map(judge).every((code) => code === 'ok')) continue;
				const values = found.map((outcome) => (outcome.ok ? (outcome.value.value ?? '') : ''));
				const result = render(values);
				expect(JSON.parse(JSON.stringify(result))).toEqual(result);
				if (references.length > 0) filled++;
			}
			expect(filled).toBeGreaterThan(500);
		},
		120_000,
	);
});
