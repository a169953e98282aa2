import { describe, expect, it } from '@jest/globals';

import { OnePasswordError } from '../../../nodes/shared/core/onePasswordError';
import {
	PASSWORD_CHARACTERS,
	PASSWORD_SETS,
	entropyOf,
	generatePassword,
	type CharacterRecipe,
} from '../../../nodes/shared/core/password/passwordGenerator';
import { WORDS } from '../../../nodes/shared/core/password/wordList';
import { seededRandom } from '../../emulator';

const random = seededRandom(7);
const randomInt = (max: number): number => Math.floor(random() * max);

const ALL: CharacterRecipe = { kind: 'characters', length: 8, sets: PASSWORD_SETS };

const holds = (value: string, set: string): boolean => [...value].some((character) => set.includes(character));

describe('generated characters', () => {
	it('hold at least one of each set, and none that is excluded', () => {
		for (let round = 0; round < 500; round++) {
			const value = generatePassword({ ...ALL, exclude: 'abcABC012!*' }, randomInt);
			expect(value).toHaveLength(8);
			expect(value).not.toMatch(/[abcABC012!*]/);
			for (const set of PASSWORD_SETS) expect(holds(value, PASSWORD_CHARACTERS[set])).toBe(true);
		}
	});

	it('are each as likely as any other that fits', () => {
		const recipe: CharacterRecipe = { kind: 'characters', length: 2, sets: ['digits', 'symbols'], exclude: '56789+=@^_~' };
		const seen = new Map<string, number>();
		for (let round = 0; round < 8_000; round++) {
			const value = generatePassword(recipe, randomInt);
			seen.set(value, (seen.get(value) ?? 0) + 1);
		}
		// Five digits, five symbols: a digit and a symbol in either order.
		expect(seen.size).toBe(50);
		for (const times of seen.values()) expect(Math.abs(times - 160)).toBeLessThan(60);
		expect(entropyOf(recipe)).toBe(5);
	});

	it.each([
		['no set', { ...ALL, sets: [] }],
		['a set of which nothing is left', { ...ALL, exclude: '0123456789' }],
		['fewer than ten characters to choose from', { kind: 'characters', length: 9, sets: ['digits'], exclude: '0' }],
		['fewer characters than sets', { ...ALL, length: 3 }],
	] as const)('are refused for %s', (_what, recipe) => {
		for (const attempt of [() => generatePassword(recipe, randomInt), () => entropyOf(recipe)]) expect(attempt).toThrow(OnePasswordError);
	});

	it('have the entropy of their length and alphabet, a little less for what each must hold', () => {
		expect(entropyOf({ kind: 'characters', length: 32, sets: ['digits'] })).toBe(106);
		expect(entropyOf({ kind: 'characters', length: 32, sets: PASSWORD_SETS })).toBe(198);
		expect(entropyOf({ kind: 'characters', length: 128, sets: PASSWORD_SETS })).toBe(792);
	});
});

describe('generated words', () => {
	it('come from 1,024 short words, no two alike', () => {
		expect([WORDS.length, new Set(WORDS).size]).toEqual([1024, 1024]);
		expect(WORDS.filter((word) => !/^[a-z]{3,6}$/.test(word))).toEqual([]);
	});

	it('are joined as asked, ten bits each', () => {
		const recipe = { kind: 'words', words: 5, separator: '.', capitalise: true } as const;
		const words = generatePassword(recipe, randomInt).split('.');
		expect(words).toHaveLength(5);
		for (const word of words) expect(WORDS).toContain(word.charAt(0).toLowerCase() + word.slice(1));
		expect(words.join('')).toMatch(/^([A-Z][a-z]+){5}$/);
		expect(entropyOf(recipe)).toBe(50);
	});

	it('ask for randomness over the whole list', () => {
		const asked: number[] = [];
		generatePassword({ kind: 'words', words: 4, separator: '-', capitalise: false }, (max) => asked.push(max) && max - 1);
		expect(asked).toEqual([1024, 1024, 1024, 1024]);
	});
});
