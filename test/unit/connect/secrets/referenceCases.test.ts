import { Secrets } from '@1password/sdk';
import { describe, expect, it } from '@jest/globals';

import { resolveReferences, type ResolvedReference } from '../../../../nodes/shared/connect/secrets/resolveReferences';
import type { Outcome } from '../../../../nodes/shared/async/outcome';
import { expectNoSecret } from '../../../support/refusal';
import { CASE_ITEMS, CASE_VAULTS, REFERENCE_CASES, type ReferenceCase, type Refused } from './referenceCases';
import { openScene } from '../../../support/connectScene';

let outcomes: Promise<Map<string, Outcome<ResolvedReference>>> | undefined;

/** All cases at once, on one server. */
async function resolveAll(): Promise<Map<string, Outcome<ResolvedReference>>> {
	const { run } = await openScene({ items: CASE_ITEMS, vaults: CASE_VAULTS });
	const references = REFERENCE_CASES.map(([reference]) => reference);
	const resolved = await resolveReferences(run, references);
	return new Map(references.map((reference, index) => [reference, resolved[index] as Outcome<ResolvedReference>]));
}

const isRefusal = (expected: ReferenceCase[1]): expected is Refused => typeof expected === 'object' && 'code' in expected;

/** Ids and names may stand in an error, as they do in its advice. */
const VALUES = REFERENCE_CASES.flatMap(([, expected]) =>
	typeof expected === 'string' && /^(value|key) of |^hunter2|^otpauth:|PRIVATE KEY/.test(expected) ? expected : [],
);

describe.each(REFERENCE_CASES)('%j', (reference, expected, sdk, _source) => {
	it(`${isRefusal(expected) ? `is refused as ${expected.code}` : 'has its value'}`, async () => {
		const outcome = (await (outcomes ??= resolveAll())).get(reference);
		if (isRefusal(expected)) {
			expect(outcome).toMatchObject({ ok: false, error: { code: expected.code } });
			expectNoSecret(outcome, VALUES);
		} else if (typeof expected === 'string') expect(outcome).toMatchObject({ ok: true, value: { value: expected } });
		else expect(outcome).toMatchObject({ ok: true, value: { value: expect.stringMatching(expected) } });
	});

	it(`is ${sdk === '✓' ? 'taken' : 'refused'} by 1Password's SDK`, () => {
		const ask = (): void => Secrets.validateSecretReference(reference);
		if (sdk === '✓') expect(ask).not.toThrow();
		else expect(ask).toThrow();
	});
});

it('the table has at least sixty cases, each with its source', () => {
	expect(new Set(REFERENCE_CASES.map(([reference]) => reference)).size).toBeGreaterThanOrEqual(60);
	expect(REFERENCE_CASES.filter(([, , , source]) => !/^(cli|sdk|connect|ours)\b/.test(source))).toEqual([]);
});
