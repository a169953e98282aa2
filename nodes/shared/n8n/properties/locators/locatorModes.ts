/** The ways to name a vault, an item or a file: from a list, by ID, by name, by secret reference. */

import type { INodePropertyMode } from 'n8n-workflow';

import type { Selector } from '../../../connect/lookup/lookup';
import { cleanReference } from '../../../core/references/copiedReference';
import { parseReferencePath } from '../../../core/references/secretReference';
import { toObject } from '../../../core/json';
import { requireText } from '../../parameters/conversions';
import type { Definition, Parameter } from '../../parameters/parameter';

interface Wording {
	/** Name of the list search method. */
	readonly search: string;
	/** Example of a name. */
	readonly example: string;
	/** What of a secret reference counts; none = the mode is not offered. */
	readonly referenceHint?: string;
}

type Mode = 'list' | 'id' | 'name' | 'reference';

export function locatorModes({ search, example, referenceHint }: Wording): INodePropertyMode[] {
	const offered = {
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: search, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. ftz4pm2xxwmwrsd7rjqn7grzfz',
				validation: [
					{
						type: 'regex',
						properties: {
							regex: '^\\s*[a-z0-9]{26}\\s*$',
							errorMessage: 'An ID has 26 lower-case letters and digits',
						},
					},
				],
			},
			{ displayName: 'By Name', name: 'name', type: 'string', placeholder: `e.g. ${example}` },
			{
				displayName: 'By Reference',
				name: 'reference',
				type: 'string',
				hint: referenceHint,
				placeholder: 'e.g. op://Production/Payments API/credential',
			},
		],
	} satisfies { readonly modes: ReadonlyArray<INodePropertyMode & { name: Mode }> };
	return offered.modes.filter(({ name }) => name !== 'reference' || referenceHint);
}

/** What a locator yields: a selector, or the parts of a secret reference, which may name more than was asked for. */
export type Located =
	| { readonly selector: Selector; readonly reference?: undefined }
	| { readonly selector?: undefined; readonly reference: ReturnType<typeof parseReferencePath> };

/** @throws OnePasswordError INVALID_INPUT where the locator is empty or no reference. */
export function locatorParameter({ search, example, referenceHint, ...definition }: Definition & Wording): Parameter<Located> {
	const { name, displayName } = definition;
	return {
		property: {
			...definition,
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			modes: locatorModes({ search, example, referenceHint }),
		},
		read: (values) => {
			const locator = toObject(values.value(name));
			const text = requireText(locator.value, displayName);
			if (locator.mode === ('reference' satisfies Mode)) return { reference: parseReferencePath(cleanReference(text)) };
			// Pickers and expressions yield IDs; white space around a pasted ID is no part of it, around a name it may be.
			const isName = locator.mode === ('name' satisfies Mode);
			return { selector: isName ? { by: 'name', text } : { by: 'id', text: text.trim() } };
		},
	};
}
