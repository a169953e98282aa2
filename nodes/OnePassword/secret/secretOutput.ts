/** What comes out of an operation that resolves secret references. */

import { resolveReferences, type ResolveOptions, type ResolvedReference } from '../../shared/connect/secrets/resolveReferences';
import { OnePasswordError } from '../../shared/core/errors/onePasswordError';
import type { ConnectContext } from '../../shared/n8n/operations/connectContext';
import type { DisclosedValues } from '../../shared/n8n/operations/discloser';
import { numberParameter } from '../../shared/n8n/parameters/numbers';
import { added } from '../../shared/n8n/parameters/parameter';
import { isNotFound } from '../../shared/n8n/properties/ifNotFound';
import { option } from '../../shared/n8n/properties/options';
import { revealAllParameter } from '../../shared/n8n/properties/output';

export const revealSecrets = revealAllParameter('The value of every reference');

export const minimumValidityOption = option(
	added(
		numberParameter({
			displayName: 'Minimum Validity',
			name: 'minimumValidity',
			minimum: 0,
			default: 10,
			description:
				'Seconds that a one-time password must still be valid for. If it expires sooner, the node waits for the next one. Codes usually change every 30 seconds; the maximum is 5 seconds less.',
		}),
	),
);

export interface Secret {
	readonly resolved: ResolvedReference;
	/** What the output shows for it: the value, or the placeholder. */
	readonly shown: string;
}

/** @throws OnePasswordError for the first reference that leads nowhere. */
export async function readSecrets(...request: Parameters<typeof findSecrets>): Promise<Secret[]> {
	const found = await findSecrets(...request);
	return found.map((secret) => {
		if (secret instanceof OnePasswordError) throw secret;
		return secret;
	});
}

/**
 * Like `readSecrets`, for callers that can go on without some of them.
 * @returns for each reference the secret, or the error that says that there is none.
 * @throws OnePasswordError for everything but a vault, item or field that does not exist.
 */
export async function findSecrets(
	{ parameters, run }: ConnectContext,
	values: DisclosedValues,
	references: readonly string[],
	places?: ResolveOptions['places'],
): Promise<Array<Secret | OnePasswordError>> {
	const minimumValiditySeconds = minimumValidityOption.read(parameters);
	const outcomes = await resolveReferences(run, references, { reveal: values.areRevealed, places, minimumValiditySeconds });
	const refusal = outcomes.find((outcome) => !outcome.ok && !isNotFound(outcome.error));
	if (refusal?.ok === false) throw refusal.error;
	return outcomes.map((outcome) => (outcome.ok ? { resolved: outcome.value, shown: values.show(outcome.value) } : outcome.error));
}

/** What a reference leads to, without the value. */
export interface SecretFacts extends Omit<ResolvedReference, 'value'> {
	readonly reference: string;
	readonly empty: boolean;
}

export function describeSecret(reference: string, { value, ...description }: ResolvedReference): SecretFacts {
	return { reference, ...description, empty: value === '' };
}
