import { resolveReferences } from '../../shared/connect/secrets/resolveReferences';
import { isReference } from '../../shared/core/references/secretReference';
import { toErrorJson } from '../../shared/n8n/errors/nodeError';
import { optionsProperty } from '../../shared/n8n/properties/options';
import type { ConnectOperation } from '../connectResource';
import { placesOf, readReferences, referencesProperties } from '../../shared/n8n/properties/references';
import { describeSecret } from './secretOutput';

export const check: ConnectOperation = {
	value: 'check',
	name: 'Check',
	action: 'Check secret references',
	description: 'Tell whether secret references lead to something, and to what, without any value',
	properties: [...referencesProperties, optionsProperty()],
	async run({ parameters, run, disclose }) {
		const references = readReferences(parameters);
		const texts = references.map(({ text }) => text);
		const outcomes = await resolveReferences(run, texts, { reveal: false, places: placesOf(references) });
		return disclose.facts({
			allResolve: outcomes.every(({ ok }) => ok),
			references: outcomes.map((outcome, index) => {
				const { name, text = '' } = references[index] ?? {};
				const named = name === undefined ? {} : { name };
				if (outcome.ok) return { ...named, resolves: true, ...describeSecret(text, outcome.value) };
				// What is no reference may be a secret in the wrong box.
				const shown = isReference(text) ? { reference: text } : {};
				return { ...named, resolves: false, ...shown, ...toErrorJson(outcome.error) };
			}),
		});
	},
};
