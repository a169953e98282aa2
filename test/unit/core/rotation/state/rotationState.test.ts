import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { requireField } from '../../../../../nodes/shared/core/fields/fieldSelector';
import { OnePasswordError } from '../../../../../nodes/shared/core/errors/onePasswordError';
import { planBegin, type BeginCommand } from '../../../../../nodes/shared/core/rotation/rotationBegin';
import { planFinish } from '../../../../../nodes/shared/core/rotation/rotationFinish';
import { planRollback } from '../../../../../nodes/shared/core/rotation/rotationRollback';
import { readRotation } from '../../../../../nodes/shared/core/rotation/state/rotationState';
import { describeRotation, needsAction } from '../../../../../nodes/shared/core/rotation/rotationStatus';
import type { Field, FullItem } from '../../../../../nodes/shared/core/wire';
import { arbitraryItem } from '../../../../support/arbitraryItem';
import { applyStep } from '../applyStep';

const NOW = Date.UTC(2026, 0, 1);
const DAY_MS = 24 * 3_600_000;
const RULES = { now: NOW, dueAfterDays: 90 };

const ITEM: FullItem = {
	id: 'i',
	title: 'Key',
	vault: { id: 'v' },
	category: 'API_CREDENTIAL',
	version: 4,
	updatedAt: '2025-12-22T00:00:00Z',
	lastEditedBy: 'ADA',
	fields: [{ id: 'k', type: 'CONCEALED', label: 'key', value: 'old' }],
};

const BEGIN: BeginCommand = { rotationId: 'r1', field: 'key', value: 'new', isGiven: false, tag: '', now: NOW };

const pending = applyStep(ITEM, planBegin(ITEM, BEGIN));
const finished = applyStep(pending, planFinish(pending, { rotationId: 'r1', now: NOW, previousValue: 'keep', graceHours: 1 }));

function edit(item: FullItem, label: string, change: Partial<Field> | undefined): FullItem {
	const fields = (item.fields ?? []).flatMap((field) => {
		if (field.label !== label) return field;
		return change === undefined ? [] : { ...field, ...change };
	});
	return { ...item, version: (item.version ?? 0) + 1, fields };
}

describe('a manually edited rotation', () => {
	it.each<[string, Partial<Field>]>([
		['rotation state', { value: ' Pending ' }],
		['rotation state', { label: 'Rotation State' }],
		['rotation ID', { value: ' r1 ' }],
		['rotation started', { value: 'yesterday' }],
		['grace until', { value: ' 2026-12-31T18:00:00+01:00 ' }],
		['rotated field', { value: 'Key' }],
	])('is understood: %s %j', (label, change) => {
		const item = edit(pending, label, change);
		expect(readRotation(item)).toMatchObject({ kind: 'found', current: { state: 'pending', values: { rotationId: 'r1' } } });
		expect(planFinish(item, { rotationId: 'r1', now: NOW, previousValue: 'keep', expectedVersion: 6 }).operations.length).toBeGreaterThan(3);
	});

	it.each<[string, Partial<Field> | undefined, string]>([
		['rotation state', { value: 'done' }, 'its "rotation state" is not one of'],
		['rotation state', undefined, 'its "rotation state" is not one of'],
		['rotation ID', { value: '' }, 'no rotation ID'],
		['rotation ID', undefined, 'no rotation ID'],
		['grace until', { value: 'next week' }, 'is not a valid time: enter one such as 2026-12-31T18:00:00Z, or clear it'],
		['rotation started', { label: 'rotation finished' }, 'two fields "rotation finished"'],
	])('is distinguished from no rotation, and nothing is written: %s %j', (label, change, problem) => {
		const item = edit(pending, label, change);
		expect(readRotation(item)).toEqual({ kind: 'unclear', problem: expect.stringContaining(problem) });
		expect(describeRotation(item, RULES)).toMatchObject({ state: 'unclear', explanation: expect.stringContaining(problem) });
		const command = { rotationId: 'r1', now: NOW, previousValue: 'keep' } as const;
		for (const attempt of [() => planBegin(item, BEGIN), () => planFinish(item, command), () => planRollback(item, command)]) {
			expect(attempt).toThrow(OnePasswordError);
		}
	});

	it.each(['pending value', 'staged at version', 'rotated field', 'value check'])(`can't be finished without the field "%s"`, (label) => {
		const item = { ...edit(pending, label, undefined), version: 5 };
		expect(() => planFinish(item, { rotationId: 'r1', now: NOW, previousValue: 'keep' })).toThrow(OnePasswordError);
	});

	it('works without the empty fields, which are created again when needed', () => {
		const bare = ['previous value', 'withdrawn value', 'rotation finished', 'grace until'].reduce(
			(item, label) => edit(item, label, undefined),
			pending,
		);
		const done = applyStep(bare, planFinish({ ...bare, version: 5 }, { rotationId: 'r1', now: NOW, previousValue: 'keep', graceHours: 2 }));
		expect(readRotation(done)).toMatchObject({
			current: { state: 'finished', values: { previous: 'old', finished: '2026-01-01T00:00:00Z', graceUntil: '2026-01-01T02:00:00Z' } },
		});
	});

	it.each(['31.12.2026', '01.12.2026', '12/01/2026', 'soon 1', '2026-02-30', '20261231'])('is refused as the end of a grace period: %s', (value) => {
		const status = describeRotation(edit(finished, 'grace until', { value }), RULES);
		expect([status.state, needsAction(status), status.explanation]).toEqual([
			'unclear',
			true,
			expect.stringContaining('"grace until" is not a valid time'),
		]);
	});

	it.each(['01.12.2024', 'December 1, 2024'])('is never read as a wrong date: %s', (value) => {
		const item = edit(edit(finished, 'rotation finished', { value }), 'rotation started', { value });
		expect(describeRotation(item, RULES)).toMatchObject({ state: 'finished', ageDays: 10, due: false });
	});

	it('can be an unrelated section of the same name', () => {
		const section = { id: 's', label: 'Rotation' };
		const notes: Field[] = [
			{ id: 'n', type: 'STRING', label: 'note', value: 'x', section },
			{ id: 's', type: 'STRING', label: 'rotation state', value: 'x', section },
		];
		expect(readRotation({ ...ITEM, sections: [section], fields: [...(ITEM.fields ?? []), ...notes] })).toEqual({
			kind: 'none',
			strays: [],
			foreign: notes[1],
		});
	});
});

it.each(['state', 'started', 'finished', 'status'])('begin adds no second field named "%s"', (label) => {
	const own: Field = { id: 'own', type: 'STRING', label, value: 'on' };
	const item = { ...ITEM, fields: [...(ITEM.fields ?? []), own] };
	expect(requireField(applyStep(item, planBegin(item, BEGIN)), { field: label })).toEqual(own);
});

describe('the rotation status', () => {
	it.each<[string, FullItem, object, string]>([
		['no rotation', ITEM, { state: 'none', ageDays: 10, due: false, pastGrace: false }, 'last updated 10 days ago'],
		['an old value', { ...ITEM, updatedAt: '2025-01-01T00:00:00Z' }, { state: 'none', ageDays: 365, due: true }, 'is due'],
		[
			'a staged value',
			pending,
			{ state: 'pending', rotationId: 'r1', field: 'key (k)', startedAt: '2026-01-01T00:00:00Z', due: false },
			'staged but not live yet',
		],
		[
			'a hand edit',
			{ ...pending, version: 7 },
			{ state: 'pending' },
			'The item is at version 7, the new value was staged at version 5; it was last edited by ADA at 2025-12-22T00:00:00Z.',
		],
		[
			'a finished rotation',
			finished,
			{ state: 'finished', finishedAt: '2026-01-01T00:00:00Z', graceUntil: '2026-01-01T01:00:00Z', ageDays: 0 },
			'is live',
		],
	])('describes %s', (_what, item, expected, explanation) => {
		const status = describeRotation(item, RULES);
		expect(status).toMatchObject(expected);
		expect(status.explanation).toContain(explanation);
		expect(JSON.stringify(status)).not.toMatch(/"(old|new)"/);
	});

	it('reports when the grace period is over, and when a finished or rolled back value is due', () => {
		const at = (item: FullItem, days: number) => describeRotation(item, { now: NOW + days * DAY_MS, dueAfterDays: 90 });
		expect([at(finished, 0).pastGrace, at(finished, 1).pastGrace]).toEqual([false, true]);
		expect([at(finished, 89).due, at(finished, 90).due]).toEqual([false, true]);
		const back = applyStep(pending, planRollback(pending, { rotationId: 'r1', now: NOW }));
		expect(at(back, 0)).toMatchObject({ state: 'rolled back', due: true });
		expect([ITEM, pending, finished, back].map((item) => needsAction(describeRotation(item, RULES)))).toEqual([false, true, false, true]);
	});
});

it('begins on any item or refuses, and rollback leaves all other fields unchanged', () => {
	fc.assert(
		fc.property(arbitraryItem, fc.nat(6), (item, index) => {
			const field = item.fields?.[index];
			if (field === undefined) return;
			try {
				const begun = applyStep(item, planBegin(item, { ...BEGIN, field: field.id, value: 'a new value' }));
				expect(readRotation(begun)).toMatchObject({
					kind: 'found',
					strays: [],
					current: { state: 'pending', values: { pending: 'a new value' } },
				});
				const back = applyStep(begun, planRollback(begun, { rotationId: 'r1', now: NOW }));
				expect(back.fields?.slice(0, item.fields?.length)).toEqual(item.fields);
			} catch (error) {
				if (!(error instanceof OnePasswordError)) throw error;
			}
		}),
	);
});
