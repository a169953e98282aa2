import { OnePasswordError, invalidInput } from '../../shared/core/errors/onePasswordError';
import type { ConnectContext } from '../../shared/n8n/operations/connectContext';
import type { Operation } from '../../shared/n8n/operations/operation';
import { ifNotFoundOption, readIfNotFound, type IfNotFound } from '../../shared/n8n/properties/ifNotFound';
import { optionsProperty } from '../../shared/n8n/properties/options';
import { minimumValidityOption, referencesProperties, revealSecretsProperty } from '../../shared/n8n/properties/references';
import { placesOf, readReferences, readRevealAll, type NamedReference } from '../../shared/n8n/parameters/referenceParameters';
import { describeSecret, findSecrets, readSecrets, type Secret } from './secretOutput';

export const resolve: Operation<ConnectContext> = {
	value: 'resolve',
	name: 'Resolve',
	action: 'Resolve secret references',
	description: 'Read the values of one or many secret references (op://…)',
	properties: [
		...referencesProperties,
		revealSecretsProperty,
		optionsProperty(ifNotFoundOption("The secret is null, and its entry in 'references' says 'found: false'"), minimumValidityOption),
	],
	async run(context) {
		const reveal = readRevealAll(context.parameters, context.isTool);
		const ifNotFound = readIfNotFound(context.parameters);
		const references = readReferences(context.parameters);
		const texts = references.map(({ text }) => text);
		const options = { reveal, places: placesOf(references) };
		const secrets = ifNotFound === 'fail' ? await readSecrets(context, texts, options) : await findSecrets(context, texts, options);
		const names = nameSecrets(references, secrets);
		const entries = secrets.map((secret, index) => describe(secret, names[index] ?? '', texts[index] ?? '', ifNotFound));
		const shown = ifNotFound === 'skip' ? entries.filter(({ secret }) => secret !== null) : entries;
		return {
			secrets: Object.fromEntries(shown.map(({ name, secret }) => [name, secret])),
			references: shown.map(({ name, details }) => ({ name, ...details })),
		};
	},
};

interface Entry {
	readonly name: string;
	/** `null` where there is none: an empty text could pass for a secret. */
	readonly secret: string | null;
	readonly details: object;
}

function describe(secret: Secret | OnePasswordError, ...[name, text, ifNotFound]: [string, string, IfNotFound]): Entry {
	if (secret instanceof OnePasswordError) {
		return { name, secret: null, details: { reference: text, found: false, code: secret.code } };
	}
	const found = ifNotFound === 'empty' ? { found: true } : {};
	return { name, secret: secret.shown, details: { ...describeSecret(text, secret.resolved), ...found } };
}

/** A secret without a name is called like its field. Two of one name are refused: neither may take the place of the other. */
function nameSecrets(references: readonly NamedReference[], secrets: ReadonlyArray<Secret | OnePasswordError>): string[] {
	const names = references.map(({ name, text }, index) => name ?? labelOf(secrets[index]) ?? text);
	const repeated = names.find((name, index) => references[index]?.name === undefined && names.indexOf(name) !== names.lastIndexOf(name));
	if (repeated === undefined) return names;
	throw invalidInput(`Two references would have the name "${repeated}" in the output.`, "Give each of them a 'Name'.");
}

function labelOf(secret: Secret | OnePasswordError | undefined): string | undefined {
	return secret === undefined || secret instanceof OnePasswordError ? undefined : secret.resolved.label;
}
