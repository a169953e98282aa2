import { OnePasswordError, invalidInput } from '../../shared/core/errors/onePasswordError';
import { ifNotFoundOption, type IfNotFound } from '../../shared/n8n/properties/ifNotFound';
import { optionsProperty } from '../../shared/n8n/properties/options';
import { placesOf, readReferences, referencesProperties, type NamedReference } from '../../shared/n8n/properties/references';
import type { ConnectOperation } from '../connectResource';
import { describeSecret, findSecrets, minimumValidityOption, readSecrets, revealSecrets, type Secret, type SecretFacts } from './secretOutput';

const ifNotFoundChoice = ifNotFoundOption("The secret is null, and its entry in 'references' says 'found: false'");

export const resolve: ConnectOperation = {
	value: 'resolve',
	name: 'Resolve',
	action: 'Resolve secret references',
	description: 'Read the values of one or many secret references (op://…)',
	properties: [...referencesProperties, revealSecrets.property, optionsProperty(ifNotFoundChoice, minimumValidityOption)],
	async run(context) {
		const values = context.disclose.values();
		const ifNotFound = ifNotFoundChoice.read(context.parameters);
		const references = readReferences(context.parameters);
		const texts = references.map(({ text }) => text);
		const find = ifNotFound === 'fail' ? readSecrets : findSecrets;
		const secrets = await find(context, values, texts, placesOf(references));
		const names = nameSecrets(references, secrets);
		const entries = secrets.map((secret, index) => describe(secret, names[index] ?? '', texts[index] ?? '', ifNotFound));
		const shown = ifNotFound === 'skip' ? entries.filter(({ secret }) => secret !== null) : entries;
		return values.output({
			secrets: Object.fromEntries(shown.map(({ name, secret }) => [name, secret])),
			references: shown.map(({ name, details }) => ({ name, ...details })),
		});
	},
};

interface Entry {
	readonly name: string;
	/** `null` where there is none: an empty text could pass for a secret. */
	readonly secret: string | null;
	readonly details: SecretFacts | { readonly reference: string; readonly found: false; readonly code: string };
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
