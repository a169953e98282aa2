import { describe, expect, it } from '@jest/globals';

import type { ChangeEvent } from '../../../../../nodes/OnePasswordTrigger/events/changeEvent';
import { MAX_BATCHES, MAX_BATCH_EVENTS, capBatches, takeBatches } from '../../../../../nodes/OnePasswordTrigger/delivery/batchLimits';
import { FOREIGN_MS, MAX_LOST, sortBatches, type Surroundings } from '../../../../../nodes/OnePasswordTrigger/delivery/batches';
import type { Batch } from '../../../../../nodes/OnePasswordTrigger/state/batch';
import type { RunResult } from '../../../../../nodes/OnePasswordTrigger/state/runEnd';

const batch = (id: number, changes: Partial<Batch> = {}, size = 1): Batch => ({
	id,
	process: 'me',
	at: 1_000,
	events: Array.from({ length: size }, (_, index): ChangeEvent => ({
		eventId: `${id}.${index}`,
		kind: 'updated',
		detectedAt: '',
		redelivered: false,
	})),
	...changes,
});

const AROUND: Surroundings = {
	process: 'me',
	now: 10_000,
	begunAt: 0,
	confirms: true,
	takesTurns: false,
	repeatFailed: 0,
	endOf: () => undefined,
};

const ended = (verdict: RunResult, onWorker = false): Pick<Surroundings, 'endOf'> => ({ endOf: () => ({ verdict, onWorker }) });

/** Where the batch lands, and with which counts. */
function placeOf(one: Batch, around: Partial<Surroundings> = {}): unknown {
	const sorted = sortBatches([one], { ...AROUND, ...around });
	const places = (['open', 'due', 'givenUp'] as const).filter((place) => sorted[place].length > 0);
	const [{ lost = 0, failed = 0 } = {}] = sorted[places[0] ?? 'open'];
	return places.length === 0 ? 'done' : `${places.join()} ${lost}/${failed}`;
}

describe('a batch', () => {
	it.each<[string, Batch, Partial<Surroundings>, string]>([
		['under way', batch(1), {}, 'open 0/0'],
		['of which n8n tells no end', batch(1), { confirms: false }, 'done'],
		['that was delivered', batch(1), ended('delivered'), 'done'],
		['whose execution was lost', batch(1, { lost: 2 }), ended('lost'), 'due 3/0'],
		['whose executions were all lost', batch(1, { lost: MAX_LOST }), ended('lost'), `givenUp ${MAX_LOST}/0`],
		['that n8n could not start, as often as it takes', batch(1, { lost: MAX_LOST }), ended('notStarted'), `due ${MAX_LOST}/0`],
		['in which a node failed', batch(1), ended('failed'), 'done'],
		['in which a node failed, to be repeated', batch(1), { ...ended('failed'), repeatFailed: 1 }, 'due 0/1'],
		['in which a node failed once more', batch(1, { failed: 1 }), { ...ended('failed'), repeatFailed: 1 }, 'done'],
		['of an earlier process', batch(1, { process: 'dead' }), {}, 'due 1/0'],
		['that ended process after process', batch(1, { process: 'dead', lost: MAX_LOST }), {}, `givenUp ${MAX_LOST}/0`],
		['that had to wait', batch(1, { process: '', lost: 1 }), {}, 'due 1/0'],
		['of another main process', batch(1, { process: 'other' }), { takesTurns: true }, 'open 0/0'],
		['of another main process that is silent', batch(1, { process: 'other' }), { takesTurns: true, now: FOREIGN_MS + 1_000 }, 'due 1/0'],
		[
			'of a main process that was replaced just now',
			batch(1, { process: 'other' }),
			{ takesTurns: true, now: FOREIGN_MS + 1_000, begunAt: 5_000 },
			'open 0/0',
		],
		['from the future', batch(1, { process: 'other', at: 99_000 }), { takesTurns: true }, 'due 1/0'],
	])('%s', (_what, one, around, expected) => {
		expect(placeOf(one, around)).toBe(expected);
	});

	it('that a worker has run is noticed, one of another process is not', () => {
		const ranOnWorker = (one: Batch): boolean => sortBatches([one], { ...AROUND, ...ended('delivered', true) }).ranOnWorker;
		expect([ranOnWorker(batch(1)), ranOnWorker(batch(1, { process: 'dead' }))]).toEqual([true, false]);
	});
});

it('batches are taken in order, up to the limit, and one in any case', () => {
	const due = [batch(1, {}, 3), batch(2, {}, 2), batch(3, {}, 1)];
	const take = (limit: number): number[] => takeBatches(due, limit).map(({ id }) => id);
	expect([take(1), take(4), take(5), take(6)]).toEqual([[1], [1], [1, 2], [1, 2, 3]]);
});

it('the state holds the newest batches', () => {
	const many = Array.from({ length: MAX_BATCHES + 5 }, (_, id) => batch(id));
	expect(capBatches(many).map(({ id }) => id)).toEqual(many.slice(5).map(({ id }) => id));
	expect(capBatches([batch(1, {}, MAX_BATCH_EVENTS), batch(2)]).map(({ id }) => id)).toEqual([2]);
	expect(capBatches([batch(1), batch(2, {}, MAX_BATCH_EVENTS + 1)]).map(({ id }) => id)).toEqual([2]);
	expect(capBatches([batch(1, {}, 0)])).toEqual([]);
});
