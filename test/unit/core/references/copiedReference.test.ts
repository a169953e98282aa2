import { describe, expect, it } from '@jest/globals';

import { cleanLoneReference, cleanReference, parseReferenceList } from '../../../../nodes/shared/core/references/copiedReference';

const R = 'op://Production/Payments API/credential';

describe('one copied reference', () => {
	it.each([
		R,
		` ${R}\n`,
		`"${R}"`,
		`'${R}'`,
		`\`${R}\``,
		`“${R}”`,
		`‘${R}’`,
		`„${R}“`,
		`„${R}”`,
		`‚${R}‘`,
		`”${R}”`,
		`«${R}»`,
		`« ${R} »`,
		`»${R}«`,
		`‹${R}›`,
		`「${R}」`,
		`＂${R}＂`,
		`A=„${R}“ # comment`,
		`" ${R} "`,
		`"${R}",`,
		`'${R}';`,
		`"${R}"  # comment`,
		`"${R}" # a "quoted" comment`,
		`{{ ${R} }}`,
		`"{{${R}}}"`,
		`A=${R}`,
		`A = "${R}"`,
		`export A=${R}`,
		`export  A="${R}"  # comment`,
		`export A='${R}'`,
		`set A=${R}`,
		`$env:A = "${R}"`,
		`$A = '${R}'`,
		`const A = '${R}';`,
		`"A": "${R}",`,
		`'A': '${R}'`,
		`A: ${R}`,
		`A: "${R}" # comment`,
		`- A=${R}`,
		`- "${R}"`,
		`\\"${R}\\"`,
		`"A": \\"${R}\\",`,
	])('is taken from %j', (text) => {
		expect(cleanReference(text)).toBe(R);
	});

	it.each(['Payments API', '"Payments API"', 'A=hunter2', 'export A="hunter2"', `"${R}`, `"${R}'`, `"${R}" and more`, `Bearer ${R}`, ''])(
		'is not found in %j, which stays unchanged',
		(text) => {
			expect(cleanReference(` ${text} `)).toBe(text);
		},
	);

	it.each(['op://v/i/key # 1', 'op://v/Item #1/f', `op://v/i/it's`, 'op://v/i/"quoted"', 'op://v/i/a=b', 'op://v/i/f?attribute=otp'])(
		'keeps its own characters: %s',
		(text) => {
			expect(cleanReference(text)).toBe(text);
			expect(cleanReference(`"${text}"`)).toBe(text);
		},
	);
});

describe('a field that also accepts templates', () => {
	it.each([
		[`"${R}"`, R],
		[`'${R}' # x`, R],
		[`export A="${R}"`, R],
		[`"{{ ${R} }}"`, R],
		[`„${R}“`, R],
		[`\\"${R}\\"`, R],
	])('reads %j as the reference in it', (text, reference) => {
		expect(cleanLoneReference(text)).toBe(reference);
	});

	it.each([R, `{{ ${R} }}`, `"token": "${R}"`, `token: ${R}`, `$env:A = "${R}"`, `token="${R}"`, `Token token="{{ ${R} }}"`, `session=${R}`])(
		'leaves %j unchanged',
		(text) => {
			expect(cleanLoneReference(text)).toBe(text);
		},
	);
});

describe('a list', () => {
	it('has one reference per line, with names, comments and blank lines', () => {
		const text = `# keys\r\n\r\nA=${R}\n  export B="${R}" # two\n\t\n${R} # three\n'${R}'\n#C=${R}\nop://v/i/Key #1\nD="op://v/i/a # b"\nhunter2 # no reference`;
		expect(parseReferenceList(text)).toEqual([
			{ text: R, name: 'A', line: 3 },
			{ text: R, name: 'B', line: 4 },
			{ text: R, line: 6 },
			{ text: R, line: 7 },
			{ text: 'op://v/i/Key #1', line: 9 },
			{ text: 'op://v/i/a # b', name: 'D', line: 10 },
			{ text: 'hunter2 # no reference', line: 11 },
		]);
	});
});
