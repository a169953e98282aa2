import { describe, expect, it } from '@jest/globals';

import { OnePasswordError } from '../../../../../nodes/shared/core/errors/onePasswordError';
import { planBegin } from '../../../../../nodes/shared/core/rotation/rotationBegin';
import { planFinish, type FinishCommand } from '../../../../../nodes/shared/core/rotation/rotationFinish';
import { planRollback } from '../../../../../nodes/shared/core/rotation/rotationRollback';
import type { FullItem } from '../../../../../nodes/shared/core/wire';
import { applyStep } from '../applyStep';

const NOW = Date.UTC(2026, 0, 1);

const ITEM: FullItem = {
	id: 'i',
	title: 'Database',
	vault: { id: 'v' },
	category: 'DATABASE',
	version: 1,
	fields: [
		{ id: 'u', type: 'STRING', label: 'username', value: 'app_a' },
		{ id: 'p', type: 'CONCEALED', label: 'password', value: 'old' },
		{ id: 'n', type: 'STRING', label: 'note' },
	],
};

const step = { rotationId: 'r1', now: NOW };
const pending = applyStep(ITEM, planBegin(ITEM, { ...step, field: 'password', value: 'new', isGiven: true, tag: '' }));
const OTHERS = [
	{ field: 'username', value: 'app_b' },
	{ field: 'note', value: 'second' },
];

function finish(item: FullItem, command: Partial<FinishCommand> = {}): FullItem {
	return applyStep(item, planFinish(item, { ...step, previousValue: 'keep', others: OTHERS, ...command }));
}

function valuesOf(item: FullItem): unknown[] {
	return ['u', 'p', 'n'].map((id) => item.fields?.find((field) => field.id === id)?.value ?? '');
}

const keptOf = (item: FullItem): string | undefined => item.fields?.find(({ label }) => label === 'kept other fields')?.value;

function failure(plan: () => unknown): string {
	try {
		plan();
	} catch (error) {
		if (error instanceof OnePasswordError) return `${error.code}: ${error.message}`;
	}
	return 'none';
}

describe('the other fields of a rotation', () => {
	it('change with the value, and are restored with it', () => {
		const finished = finish(pending);
		expect([valuesOf(pending), valuesOf(finished)]).toEqual([
			['app_a', 'old', ''],
			['app_b', 'new', 'second'],
		]);
		const back = applyStep(finished, planRollback(finished, step));
		expect([valuesOf(back), keptOf(back)]).toEqual([['app_a', 'old', ''], '{"username (u)":"app_b","note (n)":"second"}']);
		expect(planRollback(back, step).operations).toEqual([]);
	});

	it('are unchanged by a rollback before finish', () => {
		expect(valuesOf(applyStep(pending, planRollback(pending, step)))).toEqual(['app_a', 'old', '']);
	});

	it('are dropped with the previous value', () => {
		const finished = finish(pending);
		const ended = applyStep(finished, planFinish(finished, { ...step, previousValue: 'drop' }));
		expect([keptOf(finished), keptOf(ended) ?? '', keptOf(finish(pending, { previousValue: 'drop' })) ?? '']).toEqual([
			'{"username (u)":"app_a","note (n)":""}',
			'',
			'',
		]);
		expect(keptOf(finish(pending, { others: [] })) ?? '').toBe('');
	});

	it('are kept if the rotation began in a release without a field for them', () => {
		const older = { ...pending, fields: pending.fields?.filter(({ label }) => label !== 'kept other fields') };
		const finished = finish(older);
		expect(valuesOf(applyStep(finished, planRollback(finished, step)))).toEqual(['app_a', 'old', '']);
	});

	it('are restored after being renamed, and left out if removed', () => {
		const finished = finish(pending);
		const renamed = { ...finished, fields: finished.fields?.map((field) => (field.id === 'u' ? { ...field, label: 'user' } : field)) };
		expect(valuesOf(applyStep(renamed, planRollback(renamed, step)))).toEqual(['app_a', 'old', '']);
		const removed = { ...renamed, fields: renamed.fields?.filter(({ id }) => id !== 'n') };
		expect(failure(() => planRollback(removed, step))).toMatch(/^VERSION_CONFLICT: The live value or one of the other fields/);
		expect(valuesOf(applyStep(removed, planRollback(removed, { ...step, expectedVersion: finished.version })))).toEqual(['app_a', 'old', '']);
	});

	it("keep their values if removed, because a rollback can't restore them", () => {
		const finished = finish(pending);
		const without = (finished.fields ?? []).filter(({ id }) => id !== 'u');
		// A field of the same name may have been there all along.
		const removed: FullItem = { ...finished, fields: [...without, { id: 'u2', type: 'STRING', label: 'username', value: 'theirs' }] };
		expect(failure(() => planRollback(removed, step))).toMatch(/^VERSION_CONFLICT/);
		const back = applyStep(removed, planRollback(removed, { ...step, expectedVersion: finished.version }));
		expect([valuesOf(back), JSON.parse(keptOf(back) ?? '')]).toEqual([['', 'old', ''], { 'username (u)': 'app_a', 'note (n)': 'second' }]);
		expect(back.fields?.find(({ id }) => id === 'u2')?.value).toBe('theirs');
	});

	it('are never confused with the rotated field, even with the same name', () => {
		const twins = { ...ITEM, fields: ITEM.fields?.map((field) => (field.id === 'u' ? { ...field, label: 'password' } : field)) };
		const begun = applyStep(twins, planBegin(twins, { ...step, field: 'p', value: 'new', isGiven: true, tag: '' }));
		const finished = finish(begun, { others: [{ field: 'u', value: 'app_b' }] });
		const without = (item: FullItem, gone: string): FullItem => ({ ...item, fields: item.fields?.filter(({ id }) => id !== gone) });
		const expectedVersion = finished.version;
		expect(valuesOf(applyStep(finished, planRollback(without(finished, 'u'), { ...step, expectedVersion })))[1]).toBe('old');
		expect(failure(() => planRollback(without(finished, 'p'), { ...step, expectedVersion }))).toMatch(/^FIELD_NOT_FOUND/);
		expect(failure(() => planFinish(without(begun, 'p'), { ...step, previousValue: 'keep', expectedVersion: begun.version }))).toMatch(
			/^FIELD_NOT_FOUND/,
		);
	});

	it('are not overwritten after a manual edit, unless the version is given', () => {
		const finished = finish(pending);
		const edited = { ...finished, fields: finished.fields?.map((field) => (field.id === 'u' ? { ...field, value: 'by-hand' } : field)) };
		expect(failure(() => planRollback(edited, step))).toMatch(/^VERSION_CONFLICT/);
		const back = applyStep(edited, planRollback(edited, { ...step, expectedVersion: finished.version }));
		expect([valuesOf(back), keptOf(back)]).toEqual([['app_a', 'old', ''], expect.stringContaining('by-hand')]);
	});

	it('are refused if a finished rotation gets different values from the ones it set', () => {
		const finished = finish(pending);
		expect(planFinish(finished, { ...step, previousValue: 'keep', others: OTHERS }).operations).toEqual([]);
		const others = [{ field: 'username', value: 'app_c' }];
		expect(failure(() => planFinish(finished, { ...step, previousValue: 'keep', others }))).toMatch(
			/^VERSION_CONFLICT: .*"username" has a different value/,
		);
	});

	it.each([
		['the rotated field', [{ field: 'password', value: 'x' }], /^INVALID_INPUT: "password" is the rotated field/],
		['a part of the rotation', [{ field: 'rotation state', value: 'x' }], /^INVALID_INPUT: "rotation state" is the rotated field or part/],
		['a field that is not there', [{ field: 'nothing', value: 'x' }], /^FIELD_NOT_FOUND/],
		['a field twice', [OTHERS[0], OTHERS[0]].flatMap((other) => other ?? []), /^INVALID_INPUT/],
	])('are refused: %s', (_what, others, refusal) => {
		expect(failure(() => finish(pending, { others }))).toMatch(refusal);
	});

	it.each(['by hand', '"text"', 'null'])('are refused if someone has replaced them with %s', (text) => {
		const finished = finish(pending);
		const edited = {
			...finished,
			fields: finished.fields?.map((field) => (field.label === 'kept other fields' ? { ...field, value: text } : field)),
		};
		expect(failure(() => planRollback(edited, step))).toMatch(/^INVALID_INPUT: .*kept other fields/);
	});
});
