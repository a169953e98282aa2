import type { ConnectContext } from '../../shared/n8n/connectContext';
import type { Operation } from '../../shared/n8n/operation';
import { optionsProperty } from '../../shared/n8n/properties/options';
import {
	minimumValidityOption,
	referencesProperties,
	revealSecretsProperty,
} from '../../shared/n8n/properties/references';
import { readReferences, readRevealAll, type NamedReference } from '../../shared/n8n/referenceParameters';
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
		const secrets = await readSecrets(context, texts, reveal);
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

/** A secret without a name is called like its field; where that name is taken, like its reference: none is lost to another. */
function nameSecrets(references: readonly NamedReference[], secrets: readonly Secret[]): string[] {
	const labels = references.map(({ name, text }, index) => name ?? secrets[index]?.resolved.label ?? text);
	const uses = new Map<string, number>();
	for (const label of labels) uses.set(label, (uses.get(label) ?? 0) + 1);
	return references.map(({ name, text }, index) => {
		const label = labels[index] ?? text;
		return name !== undefined || uses.get(label) === 1 ? label : text;
	});
}
