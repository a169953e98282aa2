import { describe, expect, it } from '@jest/globals';

import { filesIn } from './sources';
import { wordingProblems } from './wording';

const FILES = [
	...['nodes', 'credentials'].flatMap((folder) => filesIn(folder, '.ts')),
	...filesIn('workflows', '.json'),
	...['docs', 'bench', 'test'].flatMap((folder) => filesIn(folder, '.md')).filter((file) => !file.includes('/node_modules/')),
	'README.md',
	'CHANGELOG.md',
];

function phrasesIn(file: string, content: string): string[] {
	return wordingProblems(file, content).map((problem) => /"(.*)"/.exec(problem)?.[1] ?? problem);
}

describe('texts that people read', () => {
	it.each(FILES)('are idiomatic English in %s', (file) => {
		expect(wordingProblems(file)).toEqual([]);
	});

	it.each([
		["'Template' is no JSON. Mend it.", ['is no JSON', 'Mend']],
		['Rows that are none.', ['are none']],
		['Read it anew, or delete it for good.', ['anew', 'for good']],
		['Connect knows no trash, and tells no names.', ['knows no', 'tells']],
		['It was told that it can not be read.', ['told', 'can not']],
		['The day does not belong to it.', ['belong to it']],
		['A retry comes on top.', ['comes on top']],
		['Look into the log, look at the item, then go on.', ['Look into', 'look at', 'go on']],
		['Whatever somebody enters.', ['Whatever', 'somebody']],
		['A vault of its own.', ['of its own']],
		['Upper and lower case count all the same.', ['Upper and lower case', 'all the same']],
		['It holds a line end, or stands for a host.', ['holds', 'stands for', 'line end']],
		['A code that is good for a minute.', ['good for']],
		['A run that was broken off.', ['broken off']],
		['A field called like its section.', ['called like']],
		['Refuse at another version, or pass over it.', ['at another version', 'pass over']],
		['Refused, since it is empty, as nothing matches.', ['since it', 'as nothing matches']],
		['If the server wants https.', ['server wants']],
		['The item that fits, as it is.', ['that fits', 'as it is']],
		['Try it once more, as ever.', ['once more', 'as ever']],
		['It is not there any more.', ['is not there any more']],
		['A step does nothing twice.', ['does nothing twice']],
		['A row comes again.', ['comes again']],
		['Use the id, or the ids.', ['id', 'ids']],
	])('do not say: %s', (text, phrases) => {
		const sorted = [...phrases].sort();
		expect(phrasesIn('a.md', text).sort()).toEqual(sorted);
		expect(phrasesIn('a.ts', `const a = ${JSON.stringify(text)};`).sort()).toEqual(sorted);
		expect(phrasesIn('a.json', `{\n\t"content": ${JSON.stringify(text)},\n}`).sort()).toEqual(sorted);
	});

	it.each([
		'There is no vault, and there is none to choose.',
		'The item is no longer in the vault.',
		'You are told apart by ID; the log tells you which.',
		'The field `id`, `$json.id` and "key id" are data; so is {{ $json.id }}.',
		'Enter the ID, since 2024 an ID of its own vault.',
		'The household, the standard and the ideas.',
	])('may say: %s', (text) => {
		expect(phrasesIn('a.md', text)).toEqual([]);
	});

	it('are found in every part of a file, with their line', () => {
		const template = 'const id = `one ${two} anew`;\n// anew\nconst a = f("anew");\nconst b = `\nx anew`;';
		expect(wordingProblems('a.ts', template).map((problem) => problem.slice(0, 13))).toEqual(['a.ts:1: "anew', 'a.ts:5: "anew']);
		const markdown = '# Title\n\n`anew` and\n\n```\nanew\n```\n\nfor\ngood [a](anew.md)';
		expect(wordingProblems('a.md', markdown)).toEqual(['a.md:9: "for good", write: permanently']);
		expect(wordingProblems('a.json', '{\n"a": "One.\\nMend it.",\n"anew": 1 }')).toEqual(['a.json:2: "Mend", write: fix']);
	});
});
