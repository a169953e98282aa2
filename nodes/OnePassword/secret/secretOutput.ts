/** What comes out of an operation that resolves secret references. */

import { resolveReferences, type ResolveOptions, type ResolvedReference } from '../../shared/connect/secrets/resolveReferences';
import { CONCEALED_VALUE } from '../../shared/core/disclosure/concealment';
import { OnePasswordError } from '../../shared/core/errors/onePasswordError';
import type { ConnectContext } from '../../shared/n8n/operations/connectContext';
import { toWholeNumber } from '../../shared/n8n/parameters/parameters';
import { isNotFound } from '../../shared/n8n/properties/ifNotFound';

export interface Secret {
	readonly resolved: ResolvedReference;
	/** What stands in its place in the output: the value, or that it is concealed. */
	readonly shown: string;
}

type SecretOptions = Pick<ResolveOptions, 'reveal' | 'places'>;

/** @throws OnePasswordError for the first reference that leads nowhere. */
export async function readSecrets(context: ConnectContext, references: readonly string[], options: SecretOptions): Promise<Secret[]> {
	const found = await findSecrets(context, references, options);
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
	{ parameters, run, isTool, onReveal }: ConnectContext,
	references: readonly string[],
	options: SecretOptions,
): Promise<Array<Secret | OnePasswordError>> {
	const { minimumValidity } = parameters.collection('options');
	const minimumValiditySeconds = toWholeNumber(minimumValidity, 'Minimum Validity', 0);
	const outcomes = await resolveReferences(run, references, { ...options, minimumValiditySeconds });
	const refusal = outcomes.find((outcome) => !outcome.ok && !isNotFound(outcome.error));
	if (refusal?.ok === false) throw refusal.error;
	const secrets = outcomes.map((outcome) => (outcome.ok ? { resolved: outcome.value, shown: show(outcome.value, isTool) } : outcome.error));
	if (secrets.some((secret) => !(secret instanceof OnePasswordError) && showsSecret(secret))) onReveal();
	return secrets;
}

function showsSecret({ resolved, shown }: Secret): boolean {
	return resolved.concealed && shown !== '' && shown !== CONCEALED_VALUE;
}

/** An AI agent gets no value at all, not even one that is not marked as secret. */
function show({ value }: ResolvedReference, isTool: boolean): string {
	return value === undefined || (isTool && value !== '') ? CONCEALED_VALUE : value;
}

/** @returns what the reference leads to, without the value. */
export function describeSecret(reference: string, { value, ...description }: ResolvedReference): Readonly<Record<string, unknown>> {
	return { reference, ...description, empty: value === '' };
}
