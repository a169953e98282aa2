import { randomBytes } from 'node:crypto';

const PREFIX = 'conformance-suite';

/** Prefix of this run's item titles. None of its characters has a meaning in a URL or a filter. */
export const RUN_MARK = `${PREFIX} ${now()}-${randomBytes(3).toString('hex')}`;

// A title may have been given blanks in front on purpose.
const MARKED = new RegExp(`^\\s*${PREFIX} \\d{8}T\\d{6}-[\\da-f]{6} `);

export function ownTitle(text: string): string {
	return `${RUN_MARK} ${text}`;
}

/** Whether a run of this suite created it. */
export function isMarked(title: string | undefined): boolean {
	return MARKED.test(title ?? '');
}

export function isOfThisRun(title: string | undefined): boolean {
	return (title ?? '').trimStart().startsWith(`${RUN_MARK} `);
}

/** As 20260131T235959. */
function now(): string {
	return new Date()
		.toISOString()
		.replace(/[^\dT]/g, '')
		.slice(0, 15);
}
