import { nameOf, whoOf, whoseOf } from '../client';
import type { AnomalyRule } from '../rule';

/** Times are counted in twelfths of the period: never longer than the period, at most a twelfth shorter. */
const SLOTS = 12;

/** Stands for a burst that was told, in place of a slot. */
const TOLD = -1;

export const burst: AnomalyRule = {
	id: 'burst',
	name: 'Burst',
	description: 'Many requests with one token, or by one person, within minutes',
	isDefault: true,
	severity: 'high',
	test(row, { burst: { count, minutes } }, memory) {
		const slot = Math.floor(Date.parse(row.timestamp) / ((minutes * 60_000) / SLOTS));
		if (Number.isNaN(slot)) return undefined;
		// Not by client: one that changes its name with every request would never be told.
		const key = memory.codeOf([whoOf(row)]);
		const tally = memory.tallies.get(key) ?? [];
		const toldAt = tally.find(([name]) => name === TOLD)?.[1] ?? -Infinity;
		// A row may come a little late.
		const slots = new Map(tally.filter(([name]) => name > slot - SLOTS));
		slots.set(slot, (slots.get(slot) ?? 0) + 1);
		const sum = [...slots.values()].reduce((all, one) => all + one, 0);
		const isTold = slot - toldAt < SLOTS;
		const isBurst = sum >= count && !isTold;
		const told: ReadonlyArray<readonly [number, number]> = isBurst ? [[TOLD, slot]] : isTold ? [[TOLD, toldAt]] : [];
		memory.tallies.set(key, [...told, ...slots].slice(-2 * SLOTS));
		if (!isBurst) return undefined;
		const last = nameOf(row);
		return `${sum} requests within ${minutes === 1 ? 'a minute' : `${minutes} minutes`} ${whoseOf(row)}${last === undefined ? '' : `, the last one by ${last}`}.`;
	},
};
