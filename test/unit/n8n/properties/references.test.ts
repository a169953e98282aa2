import { describe, expect, it } from '@jest/globals';

import type { OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';
import { NodeParameters } from '../../../../nodes/shared/n8n/parameters/nodeParameters';
import { readRevealAll } from '../../../../nodes/shared/n8n/properties/output';
import { readReferences, type NamedReference } from '../../../../nodes/shared/n8n/properties/references';
import { fakeNode } from '../fakeNode';

function parameters(values: Record<string, unknown>): NodeParameters {
	return new NodeParameters(fakeNode({ inputs: [values] }), 0);
}

const refusing = (code: string): OnePasswordError => expect.objectContaining({ code }) as unknown as OnePasswordError;

const A = 'op://v/i/a';
const B = 'op://v/i/b';

describe('references', () => {
	it.each<[unknown, NamedReference[]]>([
		[[{ reference: A, name: '' }], [{ text: A }]],
		[
			[{ reference: ` ${A}\n`, name: ' x ' }, { reference: B }],
			[{ text: A, name: 'x' }, { text: B }],
		],
		[[{ reference: 'no reference' }], [{ text: 'no reference' }]],
	])('come from the rows %j', (values, expected) => {
		expect(readReferences(parameters({ references: { values } }))).toEqual(expected);
	});

	it.each<[unknown, NamedReference[]]>([
		[A, [{ text: A, name: A, line: 1 }]],
		[`"${A}"`, [{ text: A, name: A, line: 1 }]],
		[
			`${A}\n\r\n  ${B}  \n`,
			[
				{ text: A, name: A, line: 1 },
				{ text: B, name: B, line: 3 },
			],
		],
		[
			`API_KEY=${A}\nb.c-d = ${B}?attribute=otp`,
			[
				{ text: A, name: 'API_KEY', line: 1 },
				{ text: `${B}?attribute=otp`, name: 'b.c-d', line: 2 },
			],
		],
		['op://v/i/a=b', [{ text: 'op://v/i/a=b', name: 'op://v/i/a=b', line: 1 }]],
		['KEY=hunter2', [{ text: 'KEY=hunter2', line: 1 }]],
		[
			`# all keys\n\nexport A="${A}"  # of the API\n  # export C=op://v/i/c\nexport B='${B}'`,
			[
				{ text: A, name: 'A', line: 3 },
				{ text: B, name: 'B', line: 5 },
			],
		],
		[
			[`"${A}"`, `export B='${B}'`],
			[
				{ text: A, name: A },
				{ text: B, name: B },
			],
		],
		[{ x: `'${A}'` }, [{ text: A, name: 'x' }]],
		[
			[A, B],
			[
				{ text: A, name: A },
				{ text: B, name: B },
			],
		],
		[
			[{ reference: A, name: 'x' }, B],
			[
				{ text: A, name: 'x' },
				{ text: B, name: B },
			],
		],
		[
			{ x: A, y: B },
			[
				{ text: A, name: 'x' },
				{ text: B, name: 'y' },
			],
		],
	])('come from the list %j', (referenceList, expected) => {
		expect(readReferences(parameters({ specifyReferences: 'list', referenceList }))).toEqual(expected);
	});

	it.each<[Record<string, unknown>]>([
		[{}],
		[{ references: {} }],
		[{ references: { values: [{ reference: ' ' }] } }],
		[{ references: { values: [{ reference: null }] } }],
		[{ references: { values: [{ reference: { a: 1 } }] } }],
		[
			{
				references: {
					values: [
						{ reference: A, name: 'x' },
						{ reference: B, name: 'x' },
					],
				},
			},
		],
		[{ specifyReferences: 'list' }],
		[{ specifyReferences: 'list', referenceList: '\n' }],
		[{ specifyReferences: 'list', referenceList: [] }],
		[{ specifyReferences: 'list', referenceList: {} }],
		[{ specifyReferences: 'list', referenceList: [A, null] }],
		[{ specifyReferences: 'list', referenceList: [[A]] }],
		[{ specifyReferences: 'list', referenceList: { x: { y: A } } }],
		[{ specifyReferences: 'list', referenceList: `X=${A}\nX=${B}` }],
		[{ specifyReferences: 'other', referenceList: A }],
	])('are refused in %j', (values) => {
		expect(() => readReferences(parameters(values))).toThrow(refusing('INVALID_INPUT'));
	});
});

it('two references of one name are told by their lines', () => {
	const list = { specifyReferences: 'list', referenceList: `X=${A}\n\nX=${B}` };
	expect(() => readReferences(parameters(list))).toThrow('Two references have the name "X" (lines 1 and 3).');
});

describe('Reveal Secret Values', () => {
	it.each<[unknown, boolean]>([
		[undefined, false],
		['none', false],
		['all', true],
	])('set to %j: %s', (reveal, expected) => {
		expect(readRevealAll(parameters({ reveal }), false)).toBe(expected);
	});

	it('is refused for AI agents', () => {
		expect(readRevealAll(parameters({ reveal: 'none' }), true)).toBe(false);
		expect(() => readRevealAll(parameters({ reveal: 'all' }), true)).toThrow(refusing('REVEAL_REFUSED'));
	});

	it.each(['selected', true, 'yes', ''])('is refused as %j', (reveal) => {
		expect(() => readRevealAll(parameters({ reveal }), false)).toThrow(refusing('INVALID_INPUT'));
	});
});
