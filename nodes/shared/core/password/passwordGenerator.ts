/** Generates secret values from characters, or from words that a person can remember and type. */

import { invalidInput } from '../errors/onePasswordError';
import { WORDS } from './wordList';

/** A random whole number from 0 to `max - 1`, uniform and unpredictable. */
export type RandomInt = (max: number) => number;

export const PASSWORD_CHARACTERS = {
	lowercase: 'abcdefghijklmnopqrstuvwxyz',
	uppercase: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
	digits: '0123456789',
	/**
	 * Symbols that need no escaping in URLs, form data, shells, YAML, and .env files. Some encoders escape `~` in the first
	 * two.
	 */
	unreserved: '-._',
	/** No quotes, backslashes, or characters with a meaning in the middle of a shell word. Some are reserved in URLs. */
	symbols: '!*+-.:=@^_~',
} as const;

export type PasswordSet = keyof typeof PASSWORD_CHARACTERS;

export const PASSWORD_SETS = Object.keys(PASSWORD_CHARACTERS) as PasswordSet[];

/** A value from these sets needs no escaping in a URL, a shell command, or a file. */
export const DEFAULT_PASSWORD_SETS = ['lowercase', 'uppercase', 'digits', 'unreserved'] as const satisfies readonly PasswordSet[];

/** By default at least as many bits as 32 characters with all symbols. */
export const PASSWORD_LENGTH = { minimum: 8, maximum: 128, default: 34 } as const;

/** The number of digits: a PIN is the simplest value. */
const MIN_CHARACTERS = 10;

/** Ten bits each. */
export const WORD_COUNT = { minimum: 4, maximum: 20, default: 7 } as const;

export interface CharacterRecipe {
	readonly kind: 'characters';
	readonly length: number;
	/** The value contains at least one character from each set. */
	readonly sets: readonly PasswordSet[];
	readonly exclude?: string;
}

export interface WordRecipe {
	readonly kind: 'words';
	readonly words: number;
	/** Between words; not empty, so that the words can be told apart. */
	readonly separator: string;
	readonly capitalise: boolean;
}

export type PasswordRecipe = CharacterRecipe | WordRecipe;

/** @throws OnePasswordError INVALID_INPUT if the recipe leaves nothing to choose from. */
export function generatePassword(recipe: PasswordRecipe, randomInt: RandomInt): string {
	return recipe.kind === 'words' ? joinWords(recipe, randomInt) : drawCharacters(recipe, randomInt);
}

/** @returns bits: the binary logarithm of the number of possible values, all equally likely, rounded down. */
export function entropyOf(recipe: PasswordRecipe): number {
	if (recipe.kind === 'words') return Math.floor(recipe.words * Math.log2(WORDS.length));
	const sets = alphabetsOf(recipe);
	const size = sets.join('').length;
	// Inclusion-exclusion: the share of all texts of this length that contain every set.
	const share = sets
		.reduce<Array<readonly [sign: number, left: readonly string[]]>>(
			(terms, set) => [...terms, ...terms.map(([sign, left]) => [-sign, left.filter((one) => one !== set)] as const)],
			[[1, sets]],
		)
		.reduce((sum, [sign, left]) => sum + sign * shareOf(left.join(''), recipe, size), 0);
	return Math.floor(recipe.length * Math.log2(size) + Math.log2(share));
}

/** @returns the share of all texts that consist of these characters only, with allowed characters at both ends. */
function shareOf(characters: string, recipe: CharacterRecipe, size: number): number {
	const inner = (characters.length / size) ** (recipe.length - 2);
	return endsOf(recipe).reduce((share, fits) => share * ([...characters].filter((one) => fits(one)).length / size), inner);
}

function joinWords({ words, separator, capitalise }: WordRecipe, randomInt: RandomInt): string {
	const chosen = Array.from({ length: words }, () => WORDS[randomInt(WORDS.length)] ?? '');
	return chosen.map((word) => (capitalise ? word.charAt(0).toUpperCase() + word.slice(1) : word)).join(separator);
}

/**
 * Drawing the whole value again if a set is missing, instead of inserting a character, keeps all valid values equally
 * likely.
 */
function drawCharacters(recipe: CharacterRecipe, randomInt: RandomInt): string {
	const sets = alphabetsOf(recipe);
	const alphabet = sets.join('');
	const [first, last] = endsOf(recipe);
	for (;;) {
		const value = Array.from({ length: recipe.length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
		const isComplete = sets.every((set) => [...value].some((character) => set.includes(character)));
		if (isComplete && first(value.charAt(0)) && last(value.slice(-1))) return value;
	}
}

/**
 * A value that begins with a letter can't be mistaken for a command option, and YAML reads it as text, not as 1e5, 0x1F or
 * .5. With a letter or digit at the end, it isn't cut off at the end of a sentence or by a double click. With all symbols,
 * or without letters, any character can be anywhere.
 */
function endsOf({ sets }: CharacterRecipe): readonly [first: Fits, last: Fits] {
	const isFree = sets.includes('symbols') || !sets.some((set) => set === 'lowercase' || set === 'uppercase');
	return isFree ? [() => true, () => true] : [(one) => /[a-z]/i.test(one), (one) => /[a-z\d]/i.test(one)];
}

type Fits = (character: string) => boolean;

/** All symbols include the unreserved ones. Excluding each of those means a value without symbols. */
function isSpare(sets: readonly PasswordSet[], exclude: string): boolean {
	return sets.includes('symbols') || [...PASSWORD_CHARACTERS.unreserved].every((character) => exclude.includes(character));
}

function alphabetsOf({ length, sets, exclude = '' }: CharacterRecipe): string[] {
	const names = [...new Set(sets)].filter((name) => name !== 'unreserved' || !isSpare(sets, exclude));
	const alphabets = names.map((name) => [...PASSWORD_CHARACTERS[name]].filter((character) => !exclude.includes(character)).join(''));
	const empty = names.find((_name, index) => alphabets[index] === '');
	if (names.length === 0 || empty !== undefined || length < names.length || alphabets.join('').length < MIN_CHARACTERS) {
		throw invalidInput(
			empty === undefined
				? `The recipe leaves fewer than ${MIN_CHARACTERS} characters to choose from.`
				: `'Exclude Characters' leaves nothing of the set "${empty}".`,
			"Choose more of 'Character Sets', or exclude fewer characters.",
		);
	}
	return alphabets;
}
