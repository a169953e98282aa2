import type { PasswordDetails } from '../../../../nodes/shared/core/wire';
import type { StoredField } from '../store/records';

/** From this many bits on. */
const STRENGTHS: ReadonlyArray<readonly [number, string]> = [
	[128, 'FANTASTIC'],
	[100, 'EXCELLENT'],
	[75, 'VERY_GOOD'],
	[60, 'GOOD'],
	[45, 'FAIR'],
	[30, 'WEAK'],
	[0, 'TERRIBLE'],
];

const CLASSES: ReadonlyArray<readonly [RegExp, number]> = [
	[/[a-z]/, 26],
	[/[A-Z]/, 26],
	[/\d/, 10],
	[/[^a-zA-Z\d]/, 33],
];

/** Adds to each password what the server knows of it; a former password moves into the history. */
export function describePasswords(fields: readonly StoredField[], previous: readonly StoredField[] | undefined): StoredField[] {
	return fields.map((field) => (field.purpose === 'PASSWORD' ? describe(field, previous?.find(isPassword)) : field));
}

function describe(field: StoredField, previous: StoredField | undefined): StoredField {
	const value = field.value ?? '';
	const { entropy: known, history: told } = field.passwordDetails ?? {};
	// Planted with all that there is to say of it.
	if (previous === undefined && (known !== undefined || told !== undefined)) return field;
	const { entropy: _entropy, passwordDetails, ...rest } = field;
	if (previous !== undefined && (previous.value ?? '') === value) {
		return withDetails(rest, previous.entropy, previous.passwordDetails);
	}
	const entropy = entropyBits(value);
	const history = formerPasswords(previous);
	if (value === '' && history.length === 0) return withDetails(rest, undefined, undefined);
	return withDetails(rest, entropy || undefined, {
		entropy: Math.floor(entropy),
		generated: passwordDetails?.generated ?? false,
		strength: STRENGTHS.find(([bits]) => entropy >= bits)?.[1] ?? 'TERRIBLE',
		...(history.length > 0 && { history }),
	});
}

function withDetails(field: object, entropy: number | undefined, details: PasswordDetails | undefined): StoredField {
	return {
		...(field as StoredField),
		...(entropy !== undefined && { entropy }),
		...(details !== undefined && { passwordDetails: details }),
	};
}

// Newest first is a guess.
function formerPasswords(previous: StoredField | undefined): readonly string[] {
	const older = previous?.passwordDetails?.history ?? [];
	return previous?.value ? [previous.value, ...older] : older;
}

function isPassword(field: StoredField): boolean {
	return field.purpose === 'PASSWORD';
}

function entropyBits(value: string): number {
	const alphabet = CLASSES.reduce((size, [pattern, count]) => size + (pattern.test(value) ? count : 0), 0);
	return alphabet === 0 ? 0 : value.length * Math.log2(alphabet);
}
