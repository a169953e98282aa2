import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { realServerFrom } from '../running/realServer';
import { takeTurn } from '../running/turn';
import { toMarkdown } from './markdown';
import { survey } from './survey';

const ADVICE =
	'Set OP_CONNECT_HOST, OP_CONNECT_TOKEN and OP_CONNECT_VAULT: the address of a Connect server, a token that may read and ' +
	'write, and the name or ID of a vault that holds nothing else.';

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { out: { type: 'string', default: 'conformance-report.md' } } });
	const server = realServerFrom(process.env);
	if (!server) throw new Error(ADVICE);
	say('Asking the server. This takes some minutes; it makes items and deletes them at the end.\n');
	const stop = new AbortController();
	process.once('SIGINT', () => {
		say('\nStopping after this question, and deleting what was made.');
		stop.abort();
	});
	const giveTurn = await takeTurn();
	try {
		const findings = await survey(server, {
			vault: server.vault,
			signal: stop.signal,
			onAnswer: ({ question, answer }) => say(`${question.text}: ${answer}`),
		});
		writeFileSync(values.out, toMarkdown(findings));
	} finally {
		await giveTurn();
	}
	say(`\nWritten to ${values.out}. It names no server, no vault and no item: paste it into an issue.`);
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
