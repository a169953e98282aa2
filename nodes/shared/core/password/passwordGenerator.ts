/** Makes new secret values: of characters, or of words that a person can remember and type. */

import { invalidInput } from '../onePasswordError';
import { WORDS } from './wordList';

/** A whole number from 0 up to, but without, `max`, each as likely as the others and not to be foreseen. */
export type RandomInt = (max: number) => number;

export const PASSWORD_CHARACTERS = {
	lowercase: 'abcdefghijklmnopqrstuvwxyz',
	uppercase: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
	digits: '0123456789',
	/** Without quotes, backslashes and what shells and URLs give a meaning to in the middle of a word. */
	symbols: '!*+-.:=@^_~',
} as const;

export type PasswordSet = keyof typeof PASSWORD_CHARACTERS;

export const PASSWORD_SETS = Object.keys(PASSWORD_CHARACTERS) as PasswordSet[];

export const PASSWORD_LENGTH = { minimum: 8, maximum: 128, default: 32 } as const;

/** As many as there are digits: a PIN is the least. */
const MIN_CHARACTERS = 10;

/** Ten bits each. */
export const WORD_COUNT = { minimum: 4, maximum: 20, default: 7 } as const;

export interface CharacterRecipe {
	readonly kind: 'characters';
	readonly length: number;
	/** The value holds at least one character of each. */
	readonly sets: readonly PasswordSet[];
	readonly exclude?: string;
}

export interface WordRecipe {
	readonly kind: 'words';
	readonly words: number;
	/** Between two words; not empty, as the words could not be told apart without it. */
	readonly separator: string;
	readonly capitalise: boolean;
}

export type PasswordRecipe = CharacterRecipe | WordRecipe;

/** @throws OnePasswordError INVALID_INPUT where the recipe leaves nothing to choose from. */
export function generatePassword(recipe: PasswordRecipe, randomInt: RandomInt): string {
	return recipe.kind === 'words' ? joinWords(recipe, randomInt) : drawCharacters(recipe, randomInt);
}

/** @returns bits: the logarithm of how many values the recipe can yield, all of them equally likely; rounded down. */
export function entropyOf(recipe: PasswordRecipe): number {
	if (recipe.kind === 'words') return Math.floor(recipe.words * Math.log2(WORDS.length));
	const sets = alphabetsOf(recipe);
	const size = sets.join('').length;
	// Inclusion and exclusion: of all texts of this length, the share that lacks no set.
	const share = sets
		.reduce<Array<readonly [sign: number, left: number]>>(
			(terms, set) => [...terms, ...terms.map(([sign, left]) => [-sign, left - set.length] as const)],
			[[1, size]],
		)
		.reduce((sum, [sign, left]) => sum + sign * (left / size) ** recipe.length, 0);
	return Math.floor(recipe.length * Math.log2(size) + Math.log2(share));
}

function joinWords({ words, separator, capitalise }: WordRecipe, randomInt: RandomInt): string {
	const chosen = Array.from({ length: words }, () => WORDS[randomInt(WORDS.length)] ?? '');
	return chosen.map((word) => (capitalise ? word.charAt(0).toUpperCase() + word.slice(1) : word)).join(separator);
}

/** Drawing all of it anew where a set is missing, instead of putting one in, leaves every fitting value equally likely. */
function drawCharacters(recipe: CharacterRecipe, randomInt: RandomInt): string {
	const sets = alphabetsOf(recipe);
	const alphabet = sets.join('');
	for (;;) {
		const value = Array.from({ length: recipe.length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
		if (sets.every((set) => [...value].some((character) => set.includes(character)))) return value;
	}
}

function alphabetsOf({ length, sets, exclude = '' }: CharacterRecipe): string[] {
	const names = [...new Set(sets)];
	const alphabets = names.map((name) => [...PASSWORD_CHARACTERS[name]].filter((character) => !exclude.includes(character)).join(''));
	const empty = names.find((_name, index) => alphabets[index] === '');
	if (names.length === 0 || empty !== undefined || length < names.length || alphabets.join('').length < MIN_CHARACTERS) {
		throw invalidInput(
			empty === undefined ? `The recipe leaves fewer than ${MIN_CHARACTERS} characters to choose from.` : `'Exclude Characters' leaves nothing of the set "${empty}".`,
			"Choose more of 'Character Sets', or exclude fewer characters.",
		);
	}
	return alphabets;
}
