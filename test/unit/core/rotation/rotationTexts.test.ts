/** Messages must be true, and advice must work. */

import { describe, expect, it } from '@jest/globals';

import { OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';
import { planBegin, type BeginCommand } from '../../../../nodes/shared/core/rotation/rotationBegin';
import { planFinish } from '../../../../nodes/shared/core/rotation/rotationFinish';
import { planRollback } from '../../../../nodes/shared/core/rotation/rotationRollback';
import { describeRotation } from '../../../../nodes/shared/core/rotation/rotationStatus';
import type { FullItem } from '../../../../nodes/shared/core/wire';
import { applyStep } from './applyStep';

const NOW = Date.UTC(2026, 0, 1);

const ITEM: FullItem = {
	id: 'i',
	title: 'Key',
	vault: { id: 'v' },
	category: 'API_CREDENTIAL',
	version: 4,
	fields: [
		{ id: 'k', type: 'CONCEALED', label: 'key', value: 'old' },
		{ id: 'n', type: 'STRING', label: 'key id', value: 'id-old' },
	],
};

const EMPTY: FullItem = { ...ITEM, fields: ITEM.fields?.map((field) => (field.id === 'k' ? { ...field, value: undefined } : field)) };

const STEP = { rotationId: '77', now: NOW };
const BEGIN: BeginCommand = { ...STEP, field: 'key', value: 'new', isGiven: true, tag: '' };

const begin = (item: FullItem, command: Partial<BeginCommand> = {}): FullItem => applyStep(item, planBegin(item, { ...BEGIN, ...command }));
const finish = (item: FullItem): FullItem => applyStep(item, planFinish(item, { ...STEP, previousValue: 'keep', graceHours: 1 }));
const end = (item: FullItem): FullItem => applyStep(item, planFinish(item, { ...STEP, previousValue: 'drop' }));
const rollBack = (item: FullItem): FullItem => applyStep(item, planRollback(item, { ...STEP, expectedVersion: item.version }));

function edit(item: FullItem, label: string, value: string | undefined): FullItem {
	return {
		...item,
		version: (item.version ?? 0) + 1,
		fields: item.fields?.map((field) => (field.label === label ? { ...field, value } : field)),
	};
}

const pending = begin(ITEM);
const finished = finish(pending);

function refusalOf(plan: () => unknown): { code: string; message: string; advice: string } {
	try {
		plan();
	} catch (error) {
		if (error instanceof OnePasswordError) return { code: error.code, message: error.message, advice: error.details.advice ?? '' };
	}
	throw new Error('Not refused.');
}

describe('begin with the ID of another rotation', () => {
	const OTHER_FIELD = { field: 'key id', value: 'id-new' };

	it.each<[string, FullItem, Partial<BeginCommand>, string, string]>([
		['pending', pending, OTHER_FIELD, 'belongs to a rotation of the field key (k), and that one is pending', 'Finish it or roll it back first.'],
		['finished', finished, OTHER_FIELD, 'belongs to a rotation of the field key (k), and that one is finished', 'a new rotation ID'],
		['finished, of a generated value', finished, { ...OTHER_FIELD, isGiven: false }, 'and that one is finished', 'a new rotation ID'],
		['ended', end(pending), OTHER_FIELD, 'and that one has ended', 'a new rotation ID'],
		[
			'finished, and its field is gone',
			{ ...finished, fields: finished.fields?.filter(({ id }) => id !== 'k') },
			OTHER_FIELD,
			'of the field key (k), and that one is finished',
			'a new rotation ID',
		],
		['rolled back', rollBack(pending), OTHER_FIELD, 'was rolled back', 'a new rotation ID'],
		['pending, another value', pending, { value: 'newer' }, 'A different value is staged', 'Continue with the staged value'],
		[
			'pending, the staged value is gone',
			edit(pending, 'pending value', ''),
			{ value: 'newer' },
			'was removed from the item',
			'begin again with a new rotation ID',
		],
		[
			'pending, the staged value is gone, and one is generated',
			edit(pending, 'pending value', ''),
			{ isGiven: false },
			'was removed from the item',
			'begin again with a new rotation ID',
		],
		['finished, another value', finished, { value: 'newer' }, 'this value is not the live one', 'a new rotation ID'],
	])('that is %s says what it is, and what to do', (what, item, command, message, advice) => {
		const refusal = refusalOf(() => planBegin(item, { ...BEGIN, ...command }));
		expect(refusal).toEqual({
			code: 'VERSION_CONFLICT',
			message: expect.stringContaining(message),
			advice: expect.stringContaining(advice),
		});
		// Following it would put the old key back.
		if (!what.startsWith('pending')) expect(refusal.advice).not.toMatch(/roll/i);
	});
});

it('begin during a grace period gives advice that helps, because waiting does not', () => {
	for (const now of [NOW, NOW + 7_200_000]) {
		const { advice } = refusalOf(() => planBegin(finished, { ...BEGIN, rotationId: '78', now }));
		expect(advice).toMatch(/^Revoke the previous value .* end the grace period: 'Finish' .* 'Drop'/);
	}
});

it('begin that lost against another one does not claim that nothing was staged', () => {
	const advice = (item: FullItem): string => refusalOf(() => planBegin(item, { ...BEGIN, rotationId: '78' })).advice;
	const lost = applyStep(pending, planBegin(ITEM, { ...BEGIN, rotationId: '78', value: 'lost' }));
	expect([advice(pending), advice(lost)]).toEqual([
		expect.stringContaining('nothing was staged here'),
		expect.stringContaining('the value staged here is not used'),
	]);
});

describe('the explanation of', () => {
	const LIVE = 'The rotation has finished: the new value is live, ';
	const BACK = 'The rotation was rolled back: the live value is the one that the rollback left in place.';

	it.each<[string, FullItem, string]>([
		['a finished rotation', finished, `${LIVE}and the previous value is kept beside it.`],
		['one of a field that was empty', finish(begin(EMPTY)), `${LIVE}and no previous value is kept.`],
		['one whose previous value was emptied by hand', edit(finished, 'previous value', undefined), `${LIVE}and no previous value is kept.`],
		['an ended one', end(finished), 'The rotation has ended: the new value is live, and no previous value is kept.'],
		['one rolled back before finish', rollBack(pending), BACK],
		['one rolled back after finish', rollBack(finished), BACK],
		['one rolled back after somebody had put the staged value in place', rollBack(edit(pending, 'key', 'new')), BACK],
		[
			'a finished one that somebody has edited',
			edit(finished, 'key', 'by-hand'),
			"The rotation has finished, but the live value or one of the other fields was changed after that. Check the item, then end the rotation or roll it back with 'Expected Version' set to 7.",
		],
		[
			'an edited one that keeps no previous value',
			edit(finish(begin(EMPTY)), 'key', 'by-hand'),
			"The rotation has finished, but the live value or one of the other fields was changed after that. Check the item, then end the rotation with 'Expected Version' set to 7.",
		],
	])('%s is true, and says what to do', (_what, item, explanation) => {
		const described = describeRotation(item, { now: NOW, dueAfterDays: 90 }).explanation.replace(' A new rotation is due.', '');
		expect(described).toBe(explanation);
	});

	it('an edited one gives a version with which both solutions work', () => {
		const edited = edit(finished, 'key', 'by-hand');
		expect(planFinish(edited, { ...STEP, previousValue: 'drop', expectedVersion: 7 }).operations).not.toEqual([]);
		expect(planRollback(edited, { ...STEP, expectedVersion: 7 }).operations).not.toEqual([]);
	});
});
