import { invalidInput } from '../../shared/core/onePasswordError';
import type { ConnectContext } from '../../shared/n8n/connectContext';
import type { Operation } from '../../shared/n8n/operation';
import { optionsProperty } from '../../shared/n8n/properties/options';
import {
	minimumValidityOption,
	referencesProperties,
	revealSecretsProperty,
} from '../../shared/n8n/properties/references';
import { placesOf, readReferences, readRevealAll, type NamedReference } from '../../shared/n8n/referenceParameters';
import { describeSecret, readSecrets, type Secret } from './secretOutput';

export const resolve: Operation<ConnectContext> = {
	value: 'resolve',
	name: 'Resolve',
	action: 'Resolve secret references',
	description: 'Read the values of one or many secret references (op://…)',
	properties: [...referencesProperties, revealSecretsProperty, optionsProperty(minimumValidityOption)],
	async run(context) {
		const reveal = readRevealAll(context.parameters, context.isTool);
		const references = readReferences(context.parameters);
		const texts = references.map(({ text }) => text);
		const secrets = await readSecrets(context, texts, { reveal, places: placesOf(references) });
		const names = nameSecrets(references, secrets);
		return {
			secrets: Object.fromEntries(secrets.map(({ shown }, index) => [names[index], shown])),
			references: secrets.map(({ resolved }, index) => ({
				name: names[index],
				...describeSecret(texts[index] ?? '', resolved),
			})),
		};
	},
};

/** A secret without a name is called like its field. Two of one name are refused: neither may take the place of the other. */
function nameSecrets(references: readonly NamedReference[], secrets: readonly Secret[]): string[] {
	const names = references.map(({ name, text }, index) => name ?? secrets[index]?.resolved.label ?? text);
	const repeated = names.find((name, index) => references[index]?.name === undefined && names.indexOf(name) !== names.lastIndexOf(name));
	if (repeated === undefined) return names;
	throw invalidInput(`Two references would have the name "${repeated}" in the output.`, "Give each of them a 'Name'.");
}
