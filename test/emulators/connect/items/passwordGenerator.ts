import { failure } from '../failure';
import { arrayAt, objectAt, stringAt } from './json';

const ALPHABETS = {
	LETTERS: 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ',
	DIGITS: '0123456789',
	SYMBOLS: '!@#$%^&*()-_=+[]{};:,.?',
} as const;

const MAX_LENGTH = 64;
const DEFAULT_LENGTH = 32;

/** A value after the recipe, with at least one character of each set, if there is room. @throws ConnectFailure 400 */
export function generateValue(recipe: unknown, random: () => number): string {
	const { length, alphabets } = readRecipe(recipe);
	const pick = (from: string) => from.charAt(Math.floor(random() * from.length));
	const every = alphabets.join('');
	const characters = Array.from({ length }, (_, index) => pick(alphabets[index] ?? every));
	for (let index = characters.length - 1; index > 0; index--) {
		const other = Math.floor(random() * (index + 1));
		[characters[index], characters[other]] = [characters[other] ?? '', characters[index] ?? ''];
	}
	return characters.join('');
}

function readRecipe(raw: unknown): { length: number; alphabets: string[] } {
	const recipe = raw === undefined || raw === null ? {} : objectAt(raw, 'recipe');
	const length = recipe['length'] ?? DEFAULT_LENGTH;
	if (typeof length !== 'number' || !Number.isInteger(length) || length < 1 || length > MAX_LENGTH) {
		throw failure.badRequest(`Invalid recipe: length must be between 1 and ${MAX_LENGTH}`);
	}
	const excluded = stringAt(recipe['excludeCharacters'], 'recipe.excludeCharacters') ?? '';
	if (new Set(excluded).size !== [...excluded].length) {
		throw failure.badRequest('Invalid recipe: excludeCharacters must not repeat a character');
	}
	const alphabets = alphabetsOf(arrayAt(recipe['characterSets'], 'recipe.characterSets'))
		.map((alphabet) => [...alphabet].filter((character) => !excluded.includes(character)).join(''))
		.filter((alphabet) => alphabet !== '');
	if (alphabets.length === 0) throw failure.badRequest('Invalid recipe: no characters are left to choose from');
	return { length, alphabets };
}

function alphabetsOf(names: readonly unknown[]): string[] {
	if (new Set(names).size !== names.length) throw failure.badRequest('Invalid recipe: characterSets must be unique');
	if (names.length === 0) return Object.values(ALPHABETS);
	return names.map((name) => {
		if (name !== 'LETTERS' && name !== 'DIGITS' && name !== 'SYMBOLS') {
			throw failure.badRequest('Invalid recipe: unknown character set');
		}
		return ALPHABETS[name];
	});
}
