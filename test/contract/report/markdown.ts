import type { Findings } from './survey';

/** What no API call can set up. */
const NOT_ASKED = [
	'archived items, their versions, and restoring: archive an item in the app',
	'IDs of items after a move: move an item in the app',
	'passkeys and SSH keys of the app that a PATCH of another field should keep',
	'whether PATCH works on a stale copy: needs two servers',
];

/** @throws Error if the report would contain something confidential and must not be written. */
export function toMarkdown({ connectVersion, chapters, confidential }: Findings): string {
	const lines = ['# Answers of a real Connect server', '', `- Connect: ${connectVersion}`, ''];
	for (const { title, answers } of chapters) {
		lines.push(`## ${title}`, '', '| Question | | Seen |', '| --- | --- | --- |');
		for (const { question, answer } of answers) lines.push(`| ${question.text} | \`${question.id}\` | ${answer.replace(/\|/g, '\\|')} |`);
		lines.push('');
	}
	lines.push('## Not asked', '', ...NOT_ASKED.map((what) => `- ${what}`), '');
	const report = lines.join('\n');
	// Names shorter than that occur in any text; the answers are made of fixed words.
	const leaked = confidential.filter(
		(text) => text.length > 3 && chapters.some(({ answers }) => answers.some(({ answer }) => answer.includes(text))),
	);
	if (leaked.length > 0) throw new Error('The report is not written: it would name the server, the token or the vault.');
	return report;
}
