/** From the parameters of an input item to what the pure core works with. */

import type { Reveal } from '../../core/disclosure/concealment';
import type { FieldChange } from '../../core/item/change';
import { GENERATED_LENGTH, GENERATED_SETS, WRITABLE_FIELD_TYPES } from '../../core/fields/fieldTypes';
import { OnePasswordError, invalidInput } from '../../core/errors/onePasswordError';
import type { CharacterSet, GeneratorRecipe, ItemUrl } from '../../core/wire';
import { textOfDate } from './dateText';
import { requireText, toFlag, toText, toTexts, toWholeNumber, type Parameters } from './parameters';

type Row = Readonly<Record<string, unknown>>;
type Action = FieldChange['action'];

const ACTIONS: readonly Action[] = ['set', 'generate', 'clear', 'remove'];
const CHARACTER_SETS: readonly CharacterSet[] = ['LETTERS', 'DIGITS', 'SYMBOLS'];

/** @throws OnePasswordError INVALID_INPUT for a row that says too little or what Connect does not know. */
export function readFieldChanges(parameters: Parameters): FieldChange[] {
	return parameters.rows('fields').map(readFieldChange);
}

function readFieldChange(row: Row): FieldChange {
	const field = requireText(row.field, 'Field');
	const action = oneOf(row.mode ?? 'set', ACTIONS, 'Action');
	const section = toText(row.section, 'Section');
	return {
		field,
		action,
		type: oneOf(row.type ?? 'CONCEALED', WRITABLE_FIELD_TYPES, 'Type'),
		...(section !== '' && { section }),
		...(action === 'set' && { value: textOfDate(row.value) ?? readValue(row.value, field) }),
		...(action === 'generate' && { recipe: readRecipe(row) }),
	};
}

/** An expression that finds nothing must not wipe a secret, so emptying a field is an action of its own. */
function readValue(value: unknown, field: string): string {
	if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) {
		throw invalidInput(
			`The value for the field "${field}" is empty.`,
			"Check the expression of 'Value'; to empty the field on purpose choose the action 'Clear Value'.",
		);
	}
	if (!['string', 'boolean', 'bigint'].includes(typeof value) && !Number.isFinite(value)) {
		throw invalidInput(
			`The value for the field "${field}" is not text.`,
			"Point the expression of 'Value' at one text, or convert it with JSON.stringify.",
		);
	}
	return String(value);
}

function readRecipe(row: Row): GeneratorRecipe {
	const length = toWholeNumber(row.length ?? GENERATED_LENGTH.default, 'Length', GENERATED_LENGTH.minimum);
	if (length !== undefined && length > GENERATED_LENGTH.maximum) {
		throw invalidInput(
			`'Length' is more than ${GENERATED_LENGTH.maximum}.`,
			`Choose ${GENERATED_LENGTH.minimum} to ${GENERATED_LENGTH.maximum} characters.`,
		);
	}
	const characterSets = toTexts(row.characterSets ?? GENERATED_SETS, 'Character Sets').map((set) => oneOf(set, CHARACTER_SETS, 'Character Sets'));
	if (characterSets.length === 0) {
		throw invalidInput("'Character Sets' is empty.", 'Choose at least one set.');
	}
	// Connect refuses a character that is named twice.
	const excludeCharacters = [...new Set(toText(row.excludeCharacters, 'Exclude Characters'))].join('');
	return { length, characterSets, ...(excludeCharacters !== '' && { excludeCharacters }) };
}

/** @throws OnePasswordError REVEAL_REFUSED where an AI agent asks for secret values. */
export function readReveal(parameters: Parameters, isTool: boolean): Reveal {
	const choice = oneOf(parameters.value('reveal') ?? 'none', ['none', 'selected', 'all'], 'Reveal Secret Values');
	if (choice === 'none') return 'none';
	if (isTool) throw refuseReveal();
	if (choice === 'all') return 'all';
	const fields = toTexts(parameters.value('revealFields'), 'Fields to Reveal');
	if (fields.length > 0) return { fields };
	throw invalidInput("'Fields to Reveal' is empty.", "Name the fields, or set 'Reveal Secret Values' to 'None'.");
}

export function refuseReveal(): OnePasswordError {
	return new OnePasswordError({
		code: 'REVEAL_REFUSED',
		message: 'Secret values are not given to AI agents.',
		advice: "Set 'Reveal Secret Values' to 'None', or use the node as a step of the workflow instead of as a tool.",
	});
}

export function readUrls(value: ReadonlyArray<Row>): ItemUrl[] {
	return value.map((row) => {
		const label = toText(row.label, 'Label');
		return {
			href: requireText(row.href, 'URL'),
			...(label !== '' && { label }),
			...(toFlag(row.primary, 'Primary') && { primary: true }),
		};
	});
}

/** @returns the value, which is one of the known ones. */
export function oneOf<T extends string>(value: unknown, known: readonly T[], displayName: string): T {
	const found = known.find((candidate) => candidate === value);
	if (found !== undefined) return found;
	throw invalidInput(`'${displayName}' has an unknown value.`, `Use one of: ${known.join(', ')}.`);
}
