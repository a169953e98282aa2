/** The fields that `finish` sets together with the live value. */

import type { INodeProperties } from 'n8n-workflow';

import { invalidInput } from '../../shared/core/errors/onePasswordError';
import type { OtherField } from '../../shared/core/rotation/state/rotationOtherFields';
import { textOfDate } from '../../shared/n8n/parameters/dateText';
import { toText, type Parameters } from '../../shared/n8n/parameters/parameters';

export const otherFieldsProperty: INodeProperties = {
	displayName: 'Other Fields',
	name: 'otherFields',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Field' },
	placeholder: 'Add Field',
	default: {},
	description:
		'Fields that go with the new value, such as a user name or a key ID. They change in the same write as it does, and Roll Back puts them back.',
	options: [
		{
			displayName: 'Field',
			name: 'values',
			values: [
				{
					displayName: 'Field',
					name: 'field',
					type: 'string',
					default: '',
					placeholder: 'e.g. username',
					description: 'Label, section.label or ID of the field',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					description: 'The value to store. An empty value is refused.',
				},
			],
		},
	],
};

/** @throws OnePasswordError INVALID_INPUT for a row without a field or a value. */
export function readOtherFields(parameters: Parameters): OtherField[] {
	return parameters.rows('otherFields').map((row) => {
		const field = toText(row.field, 'Field').trim();
		const value = textOfDate(row.value) ?? toText(row.value, 'Value');
		if (field !== '' && value !== '') return { field, value };
		throw invalidInput("A row of 'Other Fields' has no field or no value.", 'Fill in both, or remove the row; check the expressions.');
	});
}
