/** The ways to name a vault, an item or a file: from a list, by ID, by name, by secret reference. */

import type { INodeProperties } from 'n8n-workflow';

interface Wording {
	/** Name of the list search method. */
	readonly search: string;
	/** Example of a name. */
	readonly example: string;
	/** What of a secret reference counts; none = the mode is not offered. */
	readonly referenceHint?: string;
}

export function locatorModes({ search, example, referenceHint }: Wording): Pick<INodeProperties, 'modes'> {
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
	} satisfies Pick<INodeProperties, 'modes'>;
	return { modes: offered.modes.filter(({ name }) => name !== 'reference' || referenceHint) };
}
