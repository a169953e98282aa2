/** Reads what a secret reference means, once its item is there. */

import { invalidInput } from '../../core/errors/onePasswordError';
import { findTarget } from '../../core/references/referenceTarget';
import { describeTarget, planReading, type Reading, type TargetDescription } from '../../core/references/referenceValue';
import type { SecretReference } from '../../core/references/secretReference';
import type { File, FullItem } from '../../core/wire';
import type { ReadingRun } from '../run/connectRun';
import { readOneTimePassword, requireCode } from './oneTimePassword';

export interface ResolveOptions {
	/** How errors call each reference, such as "Line 3". Default: by the reference, or by its position. */
	readonly places?: ReadonlyArray<string | undefined>;
	/**
	 * Whether secret values are wanted. Default true. Without, no secret value is in the result, no file is read, and no
	 * one-time password waited for.
	 */
	readonly reveal?: boolean;
	/** Seconds that a one-time password must still be good for, at most 5 less than its period. Default 0. */
	readonly minimumValiditySeconds?: number;
}

export interface ResolvedReference extends TargetDescription {
	/** Whether what the reference reads is secret. */
	readonly concealed: boolean;
	/** Absent where it is secret and was not to be revealed. */
	readonly value?: string;
	/** Of a one-time password: whole seconds that it is good for. */
	readonly secondsLeft?: number;
}

/**
 * @param item as `readDatedItem` returned it.
 * @throws OnePasswordError FIELD_NOT_FOUND, AMBIGUOUS or INVALID_INPUT.
 */
export async function readReference(
	run: ReadingRun,
	item: FullItem,
	reference: SecretReference,
	{ reveal = true, minimumValiditySeconds = 0 }: ResolveOptions,
): Promise<ResolvedReference> {
	const target = findTarget(item, reference);
	const reading = planReading(target, reference, item.category);
	const description = describeTarget(item, target);
	if (!reveal) return { ...description, ...withoutSecret(item, reading) };
	if (reading.kind === 'text') return { ...description, concealed: reading.concealed, value: reading.value };
	if (reading.kind === 'contents') {
		return { ...description, concealed: true, value: await readText(run, item, reading.file) };
	}
	const { code, secondsLeft } = await readOneTimePassword(run, item, reading.field, minimumValiditySeconds);
	return { ...description, concealed: true, value: code, secondsLeft };
}

/** What is empty is no secret: "hidden" and "not set" can be told apart. */
function withoutSecret(item: FullItem, reading: Reading): Pick<ResolvedReference, 'concealed' | 'value'> {
	switch (reading.kind) {
		case 'otp':
			requireCode(item, reading.field);
			return { concealed: true };
		case 'contents':
			return reading.file.size === 0 ? { concealed: true, value: '' } : { concealed: true };
		case 'text':
			return reading.concealed && reading.value !== '' ? { concealed: true } : { concealed: reading.concealed, value: reading.value };
	}
}

async function readText({ reads }: ReadingRun, item: FullItem, file: File): Promise<string> {
	const bytes = await reads.fileContent(item.vault.id, item.id, file.id, file.size);
	const text = bytes.toString('utf8');
	if (bytes.equals(Buffer.from(text))) return text;
	throw invalidInput(`The file "${file.name}" is not text.`, "Use the operation 'Download' of the resource 'File'.");
}
