/** Reads the target of a secret reference from its item. */

import { invalidInput } from '../../core/errors/onePasswordError';
import { findTarget } from '../../core/references/referenceTarget';
import { describeTarget, planReading, type Reading, type TargetDescription } from '../../core/references/referenceValue';
import type { SecretReference } from '../../core/references/secretReference';
import type { ItemFile, FullItem } from '../../core/wire';
import type { ReadingRun } from '../run/connectRun';
import { readOneTimePassword, requireCode } from './oneTimePassword';

export interface ResolveOptions {
	/** How errors refer to each reference, such as "Line 3". Default: the reference itself, or its position. */
	readonly places?: ReadonlyArray<string | undefined>;
	/**
	 * Whether to include secret values. Default true. If false, the result has no secret values, no file is read, and no
	 * one-time password is waited for.
	 */
	readonly reveal?: boolean;
	/** Seconds that a one-time password must remain valid, at most its period less 5. Default 0. */
	readonly minimumValiditySeconds?: number;
}

export interface ResolvedReference extends TargetDescription {
	/** Whether the target of the reference is secret. */
	readonly concealed: boolean;
	/** Absent if it is secret and should not be revealed. */
	readonly value?: string;
	/** Of a one-time password: remaining validity in whole seconds. */
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

/** An empty value is not secret, so that "hidden" and "not set" can be told apart. */
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

async function readText({ reads }: ReadingRun, item: FullItem, file: ItemFile): Promise<string> {
	const bytes = await reads.fileContent(item.vault.id, item.id, file.id, file.size);
	const text = bytes.toString('utf8');
	if (bytes.equals(Buffer.from(text))) return text;
	throw invalidInput(`The file "${file.name}" is not text.`, "Use the operation 'Download' of the resource 'File'.");
}
