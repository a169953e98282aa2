import { describe, expect, it } from '@jest/globals';

import { OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';
import {
	PASSWORD_CHARACTERS,
	DEFAULT_PASSWORD_SETS,
	PASSWORD_LENGTH,
	PASSWORD_SETS,
	entropyOf,
	generatePassword,
	type CharacterRecipe,
	type PasswordSet,
} from '../../../../nodes/shared/core/password/passwordGenerator';
import { WORDS } from '../../../../nodes/shared/core/password/wordList';
import { seededRandom } from '../../../emulators/connect';

const random = seededRandom(7);
const randomInt = (max: number): number => Math.floor(random() * max);

/** What was the default before there were unreserved symbols: a choice that workflows may have stored. */
const OLD_DEFAULT: readonly PasswordSet[] = ['lowercase', 'uppercase', 'digits', 'symbols'];

const ALL: CharacterRecipe = { kind: 'characters', length: 8, sets: OLD_DEFAULT };

const holds = (value: string, set: string): boolean => [...value].some((character) => set.includes(character));

describe('generated characters', () => {
	it('include at least one of each set, and none that is excluded', () => {
		for (let round = 0; round < 500; round++) {
			const value = generatePassword({ ...ALL, exclude: 'abcABC012!*' }, randomInt);
			expect(value).toHaveLength(8);
			expect(value).not.toMatch(/[abcABC012!*]/);
			for (const set of OLD_DEFAULT) expect(holds(value, PASSWORD_CHARACTERS[set])).toBe(true);
		}
	});

	it('are all equally likely', () => {
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

	it('have the entropy of their length and alphabet, minus a little for the required sets', () => {
		expect(entropyOf({ kind: 'characters', length: 32, sets: ['digits'] })).toBe(106);
		expect(entropyOf({ kind: 'characters', length: 32, sets: OLD_DEFAULT })).toBe(198);
		expect(entropyOf({ kind: 'characters', length: 128, sets: OLD_DEFAULT })).toBe(792);
	});
});

describe('the default recipe', () => {
	const recipe: CharacterRecipe = { kind: 'characters', length: PASSWORD_LENGTH.default, sets: DEFAULT_PASSWORD_SETS };

	it('has at least as many bits as 32 characters with all symbols', () => {
		expect(entropyOf(recipe)).toBeGreaterThanOrEqual(entropyOf({ kind: 'characters', length: 32, sets: OLD_DEFAULT }));
	});

	it.each([
		['letters first, and a digit', { kind: 'characters', length: 3, sets: ['lowercase', 'digits'], exclude: 'fghijklmnopqrstuvwxyz56789' }],
		['unreserved symbols inside', { kind: 'characters', length: 3, sets: ['lowercase', 'unreserved'], exclude: 'hijklmnopqrstuvwxyz' }],
	] as ReadonlyArray<readonly [string, CharacterRecipe]>)('counts its possible values: %s', (_what, small) => {
		const seen = new Map<string, number>();
		for (let round = 0; round < 60_000; round++) {
			const value = generatePassword(small, randomInt);
			seen.set(value, (seen.get(value) ?? 0) + 1);
		}
		expect(entropyOf(small)).toBe(Math.floor(Math.log2(seen.size)));
		expect(Math.max(...seen.values()) / Math.min(...seen.values())).toBeLessThan(3);
	});

	it('draws each symbol once if both symbol sets are chosen', () => {
		expect(entropyOf({ ...ALL, sets: PASSWORD_SETS })).toBe(entropyOf(ALL));
		expect(() => generatePassword({ ...ALL, sets: PASSWORD_SETS }, randomInt)).not.toThrow();
	});

	it('has no symbols if all unreserved ones are excluded', () => {
		const value = generatePassword({ ...recipe, exclude: '_-.' }, randomInt);
		expect(value).toMatch(/^[A-Za-z0-9]{34}$/);
	});
});

describe('generated words', () => {
	it('come from 1,024 short words, no two alike', () => {
		expect([WORDS.length, new Set(WORDS).size]).toEqual([1024, 1024]);
		expect(WORDS.filter((word) => !/^[a-z]{3,6}$/.test(word))).toEqual([]);
	});

	it('are joined as requested, with ten bits each', () => {
		const recipe = { kind: 'words', words: 5, separator: '.', capitalise: true } as const;
		const words = generatePassword(recipe, randomInt).split('.');
		expect(words).toHaveLength(5);
		for (const word of words) expect(WORDS).toContain(word.charAt(0).toLowerCase() + word.slice(1));
		expect(words.join('')).toMatch(/^([A-Z][a-z]+){5}$/);
		expect(entropyOf(recipe)).toBe(50);
	});

	it('draw from the whole list', () => {
		const asked: number[] = [];
		generatePassword({ kind: 'words', words: 4, separator: '-', capitalise: false }, (max) => asked.push(max) && max - 1);
		expect(asked).toEqual([1024, 1024, 1024, 1024]);
	});
});
