/** Phrases that don't belong in texts that people read: unidiomatic patterns, and words that n8n and 1Password don't use. */

import ts from 'typescript';

import { parse, readText } from './sources';

/** A text that people read, from one file. */
export interface Text {
	readonly value: string;
	/** Line of the file in which it begins. */
	readonly line: number;
}

/** Patterns, in which a space matches any white space, and what to write instead. Case is ignored. */
const PHRASES: ReadonlyArray<readonly [pattern: string, instead: string]> = [
	['(?<!there )(is|are) no (?!longer|more|less|effect)\\w+', 'is not …, must be …'],
	['(?<!there )(is|are) none', 'is not one'],
	['mend(s|ed|ing)?', 'fix'],
	['anew', 'again'],
	['for good', 'permanently'],
	['knows? no', 'does not have, does not support'],
	['tells(?! (you|them apart))|told(?! apart)', 'reports, shows, says'],
	['can not', 'cannot'],
	['belongs? to it', 'is included'],
	['comes? on top', 'is added'],
	['look(s|ed)? into', 'check'],
	['looks? at', 'check'],
	['go(es)? on', 'continue'],
	['whatever', 'regardless of, any'],
	['(some|any|every)body', 'someone, anyone, everyone'],
	["of (its|their|your|one's) own(?! \\w+)", 'its own'],
	['upper and lower case', 'case-insensitive'],
	['all the same', 'anyway'],
	['holds|hold (?=an? |the |no )', 'contains'],
	['stands? (for|in|beside|at|there)', 'is, matches, means'],
	['good for', 'valid for'],
	['line ends?', 'line break'],
	['(broken|breaks?) off', 'interrupted'],
	['called like', 'has the same name as'],
	['at (an)?other versions?', "the item's version differs"],
	['pass(es|ed)? over', 'skip'],
	['(?<=, )(since (?!\\d|then)|as (it|they|nothing|nobody|connect|n8n) (?!is|are|stand))\\w+', 'because'],
	['(server|api|connect|n8n|node|field|service)s? wants?', 'requires'],
	['(that|which|it) fits?', 'matches'],
	['as (it|they) (is|are|stands?)', 'unchanged'],
	['once more', 'again'],
	['as ever', 'as usual'],
	['not any ?more|is not \\w+ any more', 'no longer'],
	['in vain', 'without effect'],
	['does nothing twice', 'has no further effect'],
	['give(s|n)? way', 'drop'],
	['comes? again', 'is repeated'],
	['there where', 'where'],
];

/** Case-sensitive patterns. Names of fields such as `key id` are data. */
const EXACT: ReadonlyArray<readonly [pattern: RegExp, instead: string]> = [
	[/(?<![\w.$'"`/\\{[-])(?<!(?:key|client|,) )[Ii]ds?(?![\w'"`/:=\]}?.]*[\w'"`/:=\]}])/g, 'ID'],
];

const ALL = [
	...PHRASES.map(([pattern, instead]) => [new RegExp(`(?<![\\w-])(?:${pattern.replaceAll(' ', '\\s+')})(?![\\w-])`, 'gi'), instead] as const),
	...EXACT,
];

/** @returns `file:line: "phrase", write instead` for each phrase of the file that is banned. */
export function wordingProblems(file: string, content = readText(file)): string[] {
	return textsOf(file, content).flatMap(({ value, line }) =>
		ALL.flatMap(([pattern, instead]) =>
			[...value.matchAll(pattern)].map(({ 0: phrase, index }) => {
				const at = line + value.slice(0, index).split('\n').length - 1;
				return `${file}:${at}: "${phrase.replace(/\s+/g, ' ')}", write: ${instead}`;
			}),
		),
	);
}

function textsOf(file: string, content: string): Text[] {
	if (file.endsWith('.ts')) return stringsOf(file, content);
	if (file.endsWith('.json')) return content.split('\n').map((line, index) => ({ value: readable(line), line: index + 1 }));
	return [{ value: withoutCode(content), line: 1 }];
}

/** Single words are values and names, not texts; so is the head of a key such as `id ${id}`. */
function stringsOf(file: string, content: string): Text[] {
	const source = parse(file, content);
	const texts: Text[] = [];
	const visit = (node: ts.Node): void => {
		if (isText(node) && /\s/.test(ts.isStringLiteralLike(node) ? node.text.trim() : node.text) && node.text !== 'id ') {
			texts.push({ value: node.text, line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1 });
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return texts;
}

function isText(node: ts.Node): node is ts.StringLiteralLike | ts.TemplateLiteralLikeNode {
	return ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node);
}

/** A line of JSON, with its escapes as white space, if it contains a text. */
function readable(line: string): string {
	const value = /"((?:[^"\\]|\\.)* (?:[^"\\]|\\.)*)",?$/.exec(line)?.[1] ?? '';
	return value.replace(/\\[nrt]/g, ' ').replace(/\\(.)/g, '$1');
}

/** Markdown whose code and link targets are blanked, so that lines keep their numbers. */
function withoutCode(markdown: string): string {
	return markdown
		.replace(/```[\s\S]*?```/g, (block) => block.replace(/[^\n]/g, ' '))
		.replace(/`[^`\n]*`/g, (code) => '`'.repeat(code.length))
		.replace(/\]\([^)]*\)/g, (target) => ')'.repeat(target.length));
}
