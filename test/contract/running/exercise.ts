import { REAL_SERVER } from './realServer';

/** The server lacks something that only a person could put there, such as a file. */
export class NotExercised extends Error {}

/**
 * Runs a check. On a real server one that lacks its material is reported, not failed; the emulator has everything.
 * @returns whether it was run to its end
 */
export async function exercise(sentence: string, check: () => Promise<void>): Promise<boolean> {
	try {
		await check();
		return true;
	} catch (error) {
		if (!REAL_SERVER || !(error instanceof NotExercised)) throw error;
		process.stderr.write(`NOT EXERCISED: ${sentence}: ${error.message}\n`);
		return false;
	}
}
