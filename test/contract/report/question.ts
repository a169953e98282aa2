import type { Lab } from './lab';

/** One thing that only a real server can settle. */
export interface Question {
	/** For tests and issues; never changes. */
	readonly id: string;
	/** As the report asks it. */
	readonly text: string;
	/** @returns what was seen, in words of our own, numbers and statuses: never a value, a title, an ID or a text of the server. */
	readonly ask: (lab: Lab) => Promise<string>;
}

export function refused(status: number): string {
	return `refused with ${status}`;
}

export function yesNo(is: boolean): string {
	return is ? 'yes' : 'no';
}
