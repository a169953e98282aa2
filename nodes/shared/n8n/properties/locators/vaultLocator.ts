import type { Selector } from '../../../connect/lookup/lookup';
import type { Definition, Parameter } from '../../parameters/parameter';
import { locatorParameter } from './locatorModes';

/** @returns a parameter that names a vault. */
export function namesVault(definition: Definition): Parameter<Selector> {
	const { property, read } = locatorParameter({
		...definition,
		search: 'searchVaults',
		example: 'Production',
		referenceHint: 'The vault of a secret reference; what follows it is ignored',
	});
	return {
		property,
		read: (values) => {
			const { selector, reference } = read(values);
			return selector ?? { by: 'either', text: reference.vault };
		},
	};
}

export const vaultLocator = namesVault({ displayName: 'Vault', name: 'vault', required: true, description: 'The vault to work in' });
