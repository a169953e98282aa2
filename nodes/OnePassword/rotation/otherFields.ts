/** The fields that `finish` sets together with the live value. */

import { invalidInput } from '../../shared/core/errors/onePasswordError';
import type { OtherField } from '../../shared/core/rotation/state/rotationOtherFields';
import { textOfDate } from '../../shared/n8n/parameters/dateText';
import { rowsParameter } from '../../shared/n8n/parameters/collections';
import type { ParameterValues } from '../../shared/n8n/parameters/parameter';
import { textParameter } from '../../shared/n8n/parameters/texts';

const field = textParameter({
	displayName: 'Field',
	name: 'field',
	placeholder: 'e.g. username',
	description: 'Label, section.label or ID of the field',
});

const value = textParameter({ displayName: 'Value', name: 'value', description: 'The value to store. An empty value is refused.' });

/** Reading throws OnePasswordError INVALID_INPUT for a row without a field or a value. */
export const otherFields = rowsParameter({
	displayName: 'Other Fields',
	name: 'otherFields',
	typeOptions: { multipleValueButtonText: 'Add Field' },
	placeholder: 'Add Field',
	description:
		'Fields that go with the new value, such as a user name or a key ID. They change in the same write as it does, and Roll Back puts them back.',
	row: 'Field',
	members: [field, value],
	readRow,
});

function readRow(row: ParameterValues): OtherField {
	const name = field.read(row).trim();
	const text = textOfDate(row.value(value.property.name)) ?? value.read(row);
	if (name !== '' && text !== '') return { field: name, value: text };
	throw invalidInput("A row of 'Other Fields' has no field or no value.", 'Fill in both, or remove the row; check the expressions.');
}
