/**
 * Ensures that one-time passwords are still valid when they are returned. The server computes the code when the item is
 * read.
 */

import { findAgain } from '../../core/fields/fieldIdentity';
import { codeNumber, codePeriod, codeTimeLeft } from '../../core/references/oneTimePassword';
import { OnePasswordError, invalidInput } from '../../core/errors/onePasswordError';
import type { Field, FullItem } from '../../core/wire';
import type { ReadingRun } from '../run/connectRun';

export interface OneTimePassword {
	readonly code: string;
	/** Remaining validity of the code in whole seconds, by n8n's clock. */
	readonly secondsLeft: number;
}

/** Tolerance for the server's clock: this far behind, it still returns the new code. */
const CLOCK_MARGIN_MS = 1_000;

/** Part of the period, so that waiting for a new code is worthwhile. */
const RESERVE_SECONDS = 5;

const MAX_READS = 3;

/** Reads an item and records when: before its code was computed, never after. */
export async function readDatedItem(run: ReadingRun, vaultId: string, itemId: string): Promise<FullItem> {
	return await dated(run, async () => await run.reads.item(vaultId, itemId));
}

/**
 * Waits for the next code if the current one expires too soon, and reads the item again if its code has expired.
 * @param item as `readDatedItem` returned it.
 * @param wanted field of that item.
 * @param minimumSeconds that the code must remain valid.
 * @throws OnePasswordError INVALID_INPUT if no code is valid that long, or the server returns none.
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

/** @throws OnePasswordError INVALID_INPUT if the server returns no code for the field. */
export function requireCode(item: FullItem, wanted: Field): { code: string; period: number } {
	const field = findAgain(item, wanted);
	if (field?.totp) return { code: field.totp, period: codePeriod(field.value) };
	throw invalidInput(
		'Connect returned no one-time password for this field.',
		'Check in the 1Password app that the field shows a code. Connect 1.4 or newer is required.',
	);
}

function refuseUnreachable(minimumSeconds: number, period: number): void {
	const most = period - RESERVE_SECONDS;
	if (minimumSeconds <= most) return;
	throw new OnePasswordError({
		code: 'INVALID_INPUT',
		message: `A one-time password can't remain valid for ${minimumSeconds} more seconds: its codes change every ${period}.`,
		advice: `Ask for at most ${most} seconds.`,
	});
}
