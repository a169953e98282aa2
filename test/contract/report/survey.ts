import type { ServerHealth } from '../../../nodes/shared/core/wire';
import type { ServerAddress } from '../running/http';
import { send } from '../running/http';
import { Lab, Unanswered } from './lab';
import type { Question } from './question';
import { FIELDS } from './questions/fields';
import { FINDING } from './questions/finding';
import { LOGGING } from './questions/logging';
import { SHAPES } from './questions/shapes';
import { VAULTS } from './questions/vaults';
import { WRITING } from './questions/writing';

export interface Chapter {
	readonly title: string;
	readonly questions: readonly Question[];
}

/** The last one counts what all of them saw. */
export const CHAPTERS: readonly Chapter[] = [
	{ title: 'Reads and writes', questions: WRITING },
	{ title: 'Fields', questions: FIELDS },
	{ title: 'Filters and refusals', questions: FINDING },
	{ title: 'Vaults', questions: VAULTS },
	{ title: 'Activity log', questions: LOGGING },
	{ title: 'Shape of answers', questions: SHAPES },
];

export interface Answer {
	readonly question: Question;
	readonly answer: string;
}

export interface Findings {
	/** As the server states it, or 'unknown'. */
	readonly connectVersion: string;
	readonly chapters: ReadonlyArray<{ readonly title: string; readonly answers: readonly Answer[] }>;
	/** Texts that the report must not contain: address, token, names and ids. */
	readonly confidential: readonly string[];
}

export interface SurveyOptions {
	/** Name or id. */
	readonly vault: string;
	/** Default: all. */
	readonly chapters?: readonly Chapter[];
	readonly onAnswer?: (answer: Answer) => void;
	/** Once aborted, no further question is asked; what was made is removed. */
	readonly signal?: AbortSignal;
}

/**
 * Asks every question in turn, and always removes what it created.
 * @throws Unanswered where the vault cannot be used at all.
 */
export async function survey(server: ServerAddress, options: SurveyOptions): Promise<Findings> {
	const lab = await Lab.open(server, options.vault);
	const chapters: Array<{ title: string; answers: Answer[] }> = [];
	try {
		for (const { title, questions } of options.chapters ?? CHAPTERS) {
			const answers: Answer[] = [];
			chapters.push({ title, answers });
			for (const question of questions) {
				if (options.signal?.aborted) continue;
				const answer = { question, answer: await answerTo(question, lab) };
				answers.push(answer);
				options.onAnswer?.(answer);
			}
		}
	} finally {
		await lab.close();
	}
	const { host } = new URL(server.url);
	return { connectVersion: await versionOf(server), chapters, confidential: [host, server.token, lab.vault.id, lab.vault.name] };
}

/** A failed question must not stop the others. Texts from the server or Node.js are not repeated. */
async function answerTo({ ask }: Question, lab: Lab): Promise<string> {
	try {
		return await ask(lab);
	} catch (error) {
		return `not answered: ${error instanceof Unanswered ? error.message : 'the request or its answer was broken'}`;
	}
}

async function versionOf(server: ServerAddress): Promise<string> {
	const { body } = await send<Partial<ServerHealth>>(server, { method: 'GET', path: '/health', token: '' });
	const version = typeof body === 'object' ? (body.version ?? '') : '';
	return /^\d+\.\d+\.\d+$/.test(version) ? version : 'unknown';
}
