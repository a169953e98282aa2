/** What comes out of an operation that resolves secret references. */

import { resolveReferences, type ResolveOptions, type ResolvedReference } from '../../shared/connect/secrets/resolveReferences';
import { CONCEALED_VALUE } from '../../shared/core/concealment';
import type { ConnectContext } from '../../shared/n8n/connectContext';
import { toWholeNumber } from '../../shared/n8n/parameters';

export interface Secret {
	readonly resolved: ResolvedReference;
	/** What stands in its place in the output: the value, or that it is concealed. */
	readonly shown: string;
}

/** @throws OnePasswordError for the first reference that leads nowhere. */
export async function readSecrets(
	{ parameters, run, isTool, onReveal }: ConnectContext,
	references: readonly string[],
	options: Pick<ResolveOptions, 'reveal' | 'places'>,
): Promise<Secret[]> {
	const { minimumValidity } = parameters.collection('options');
	const minimumValiditySeconds = toWholeNumber(minimumValidity, 'Minimum Validity', 0);
	const outcomes = await resolveReferences(run, references, { ...options, minimumValiditySeconds });
	const secrets = outcomes.map((outcome) => {
		if (!outcome.ok) throw outcome.error;
		return { resolved: outcome.value, shown: show(outcome.value, isTool) };
	});
	if (secrets.some(({ resolved, shown }) => resolved.concealed && shown !== '' && shown !== CONCEALED_VALUE)) onReveal();
	return secrets;
}

/** An AI agent gets no value at all, not even one that is not marked as secret. */
function show({ value }: ResolvedReference, isTool: boolean): string {
	return value === undefined || (isTool && value !== '') ? CONCEALED_VALUE : value;
}

/** @returns what the reference leads to, without the value. */
export function describeSecret(
	reference: string,
	{ value, ...description }: ResolvedReference,
): Readonly<Record<string, unknown>> {
	return { reference, ...description, empty: value === '' };
}
