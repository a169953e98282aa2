import type { Behaviour } from '../behaviour';

/** RFC 3339 in UTC, cut to what the server shows; without a fraction of a second when it is zero, as Go writes it. */
export function timestamp(ms: number, { timePrecision }: Pick<Behaviour, 'timePrecision'>): string {
	const shown = timePrecision === 'seconds' ? Math.floor(ms / 1_000) * 1_000 : ms;
	return new Date(shown).toISOString().replace('.000Z', 'Z');
}
