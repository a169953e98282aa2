/** One-time passwords that are still good when they come out: the server makes the code when the item is read. */

import { findAgain } from '../../core/fields/fieldIdentity';
import { codeNumber, codePeriod, codeTimeLeft } from '../../core/references/oneTimePassword';
import { OnePasswordError, invalidInput } from '../../core/errors/onePasswordError';
import type { Field, FullItem } from '../../core/wire';
import type { ReadingRun } from '../run/connectRun';

export interface OneTimePassword {
	readonly code: string;
	/** Whole seconds that the code is good for, by the clock of n8n. */
	readonly secondsLeft: number;
}

/** A clock of the server that is so much behind still has the new code. */
const CLOCK_MARGIN_MS = 1_000;

/** Of the period, so that the wait for a new code is worth it. */
const RESERVE_SECONDS = 5;

const MAX_READS = 3;

/** Reads an item, and keeps in mind when: earlier than its code was made, never later. */
export async function readDatedItem(run: ReadingRun, vaultId: string, itemId: string): Promise<FullItem> {
	return await dated(run, async () => await run.reads.item(vaultId, itemId));
}

/**
 * Waits for the next code where the present one ends too soon, and reads the item again where its code is over.
 * @param item as `readDatedItem` returned it.
 * @param wanted of that item.
 * @param minimumSeconds that the code must still be good for.
 * @throws OnePasswordError INVALID_INPUT where no code lives that long, or the server makes none.
 */
export async function readOneTimePassword(run: ReadingRun, item: FullItem, wanted: Field, minimumSeconds: number): Promise<OneTimePassword> {
	const { now, sleep } = run.effects;
	let current = item;
	for (let read = 1; ; read++) {
		const { code, period } = requireCode(current, wanted);
		refuseUnreachable(minimumSeconds, period);
		const leftMs = codeTimeLeft(now(), period);
		const isCurrent = codeNumber(run.reads.askedAt.get(current) ?? 0, period) === codeNumber(now(), period);
		const isEnough = leftMs >= minimumSeconds * 1000;
		if ((isCurrent && isEnough) || read === MAX_READS) return { code, secondsLeft: Math.floor(leftMs / 1000) };
		if (!isEnough) await sleep(leftMs + CLOCK_MARGIN_MS);
		const stale = current;
		current = await dated(run, async () => await run.reads.itemAfter(stale));
	}
}

async function dated({ effects, reads: { askedAt } }: ReadingRun, read: () => Promise<FullItem>): Promise<FullItem> {
	const now = effects.now();
	const item = await read();
	if (!askedAt.has(item)) askedAt.set(item, now);
	return item;
}

/** @throws OnePasswordError INVALID_INPUT where the server makes no code of the field. */
export function requireCode(item: FullItem, wanted: Field): { code: string; period: number } {
	const field = findAgain(item, wanted);
	if (field?.totp) return { code: field.totp, period: codePeriod(field.value) };
	throw invalidInput(
		'Connect makes no one-time password of this field.',
		'Check in the 1Password app that the field shows a code; Connect 1.4 or newer is needed.',
	);
}

function refuseUnreachable(minimumSeconds: number, period: number): void {
	const most = period - RESERVE_SECONDS;
	if (minimumSeconds <= most) return;
	throw new OnePasswordError({
		code: 'INVALID_INPUT',
		message: `A one-time password that is good for ${minimumSeconds} more seconds is too much to ask: its codes change every ${period}.`,
		advice: `Ask for at most ${most} seconds.`,
	});
}
