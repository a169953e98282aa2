import type { Lab } from './lab';

/** A question that only a real server can answer. */
export interface Question {
	/** For tests and issues; never changes. */
	readonly id: string;
	/** As the report asks it. */
	readonly text: string;
	/**
	 * @returns what was observed, in our own words, numbers and statuses: never a value, title, ID or text from the server.
	 */
	readonly ask: (lab: Lab) => Promise<string>;
}

export function refused(status: number): string {
	return `refused with ${status}`;
}

export function yesNo(is: boolean): string {
	return is ? 'yes' : 'no';
}
