import { afterAll, it } from '@jest/globals';

import { exercise } from './running/exercise';
import { REAL_SERVER } from './running/realServer';

/** Why we believe that real servers behave like this. */
export interface Evidence {
	/** Documented by 1Password, observed by others, or only a guess. */
	readonly source: 'documented' | 'observed' | 'unverified';
	/** Where, or why one would guess so. */
	readonly basis: string;
	/** Version and date of the last pass on a real server. Default: not yet. */
	readonly verified?: string;
	/** 'emulator': no API call can set it up. */
	readonly needs?: 'emulator';
}

type Outcome = 'passed' | 'failed' | 'not exercised' | 'emulator only';

interface Entry {
	readonly sentence: string;
	readonly evidence: Evidence;
	outcome: Outcome;
}

const SOURCES = ['documented', 'observed', 'unverified'] as const;

const entries: Entry[] = [];

/** A sentence of the contract. */
export function contract(sentence: string, evidence: Evidence, check: () => Promise<void>): void {
	const entry: Entry = { sentence, evidence, outcome: 'failed' };
	entries.push(entry);
	const name = `${sentence} [${evidence.source}]`;
	if (REAL_SERVER && evidence.needs === 'emulator') {
		entry.outcome = 'emulator only';
		it.skip(name, check);
		return;
	}
	it(name, async () => {
		entry.outcome = (await exercise(sentence, check)) ? 'passed' : 'not exercised';
	});
}

/** Prints the evidence for the contract at the end. */
export function reportEvidence(): void {
	afterAll(() => {
		const where = REAL_SERVER ? `the real server ${REAL_SERVER.url}` : 'the emulator';
		const lines = SOURCES.map((source) => `  ${source.padEnd(11)}${tally(source)}`);
		const verified = entries.filter((entry) => entry.evidence.verified !== undefined).length;
		process.stderr.write(
			`\nThe contract on ${where}: ${entries.length} sentences\n${lines.join('\n')}\n` + `  Verified on a real server: ${verified || 'not yet'}\n`,
		);
	});
}

function tally(source: Evidence['source']): string {
	const counts = new Map<Outcome, number>();
	for (const { evidence, outcome } of entries) {
		if (evidence.source === source) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
	}
	return [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
}
