import { describe, expect } from '@jest/globals';

import type { Field, GeneratorRecipe } from '../../../nodes/shared/core/wire';
import { contract } from '../evidence';
import type { Desk } from '../running/desk';
import { fieldOf } from '../running/desk';

const LETTER = /[a-zA-Z]/;
const DIGIT = /\d/;

export function generation(desk: Desk): void {
	const password = async (members: Partial<Field>): Promise<Field> => {
		const { id } = await desk.create({ fields: [{ purpose: 'PASSWORD', generate: true, ...members }] });
		return fieldOf(await desk.read(id), 'password') ?? { id: '', type: '' };
	};
	const generated = async (recipe?: GeneratorRecipe) => (await password(recipe ? { recipe } : {})).value ?? '';

	describe('a generated value', () => {
		contract('has 32 characters without a recipe', { source: 'documented', basis: 'OpenAPI GeneratorRecipe' }, async () => {
			expect(await generated()).toHaveLength(32);
		});

		for (const length of [1, 20, 64]) {
			contract(`is ${length} long when told so`, { source: 'documented', basis: 'OpenAPI: 1 to 64' }, async () => {
				expect([...(await generated({ length }))]).toHaveLength(length);
			});
		}

		contract('holds only the character sets of its recipe', { source: 'documented', basis: 'OpenAPI GeneratorRecipe' }, async () => {
			expect(await generated({ length: 40, characterSets: ['DIGITS'] })).toMatch(/^\d{40}$/);
			expect(await generated({ length: 40, characterSets: ['LETTERS'] })).toMatch(/^[a-zA-Z]{40}$/);
			const mixed = await generated({ length: 40, characterSets: ['LETTERS', 'DIGITS'] });
			expect(mixed).toMatch(/^[a-zA-Z\d]{40}$/);
			expect([mixed, mixed]).toEqual([expect.stringMatching(LETTER), expect.stringMatching(DIGIT)]);
		});

		contract('has no letters where the sets name none', { source: 'observed', basis: 'Terraform provider' }, async () => {
			const value = await generated({ length: 40, characterSets: ['DIGITS', 'SYMBOLS'] });
			expect(value).not.toMatch(LETTER);
			expect(value).toHaveLength(40);
		});

		contract('leaves out the excluded characters', { source: 'documented', basis: 'changelog 1.4.0' }, async () => {
			const excludeCharacters = 'abcdefghijABCDEFGHIJ01234';
			const value = await generated({ length: 64, characterSets: ['LETTERS', 'DIGITS'], excludeCharacters });
			expect([...value].filter((character) => excludeCharacters.includes(character))).toEqual([]);
			expect(value).toHaveLength(64);
		});

		contract('gives way to a value that is sent along', { source: 'documented', basis: 'OpenAPI: "If value is not present"' }, async () => {
			expect((await password({ value: 'my own value' })).value).toBe('my own value');
		});

		contract('is another one in each item', { source: 'documented', basis: 'OpenAPI: "a new value"' }, async () => {
			expect(await generated()).not.toBe(await generated());
		});

		contract('comes back without its recipe', { source: 'documented', basis: 'API reference samples' }, async () => {
			const field = await password({ recipe: { length: 8 } });
			expect(field).not.toHaveProperty('recipe');
			expect(field.generate ?? false).toBe(false);
		});

		contract(
			'may be described by entropy and strength',
			{ source: 'documented', basis: 'API reference: passwordDetails; recorded answers have neither' },
			async () => {
				const { entropy = 1, passwordDetails = {} } = await password({});
				expect(entropy).toBeGreaterThan(0);
				expect(passwordDetails.generated ?? true).toBe(true);
				expect(passwordDetails.strength ?? 'GOOD').toMatch(/^[A-Z_]+$/);
			},
		);

		contract('cannot be longer than 64 characters', { source: 'documented', basis: 'OpenAPI maximum' }, async () => {
			const recipe = { length: 65 };
			expect((await desk.tryToCreate({ fields: [{ purpose: 'PASSWORD', generate: true, recipe }] })).status).toBe(400);
		});
	});
}
