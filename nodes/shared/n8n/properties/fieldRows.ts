/** The parameter `fields`: one row for each field to write. */

import { FIELD_TYPE_NAMES, WRITABLE_FIELD_TYPES } from '../../core/fields/fieldTypes';
import { invalidInput } from '../../core/errors/onePasswordError';
import type { FieldChange } from '../../core/item/change';
import { choiceParameter, type Choice } from '../parameters/choices';
import { rowsParameter } from '../parameters/collections';
import { textOfDate } from '../parameters/dateText';
import type { Parameter, ParameterValues } from '../parameters/parameter';
import { requiredText, textParameter } from '../parameters/texts';
import { readRecipe, recipeMembers } from './recipe';

const SET: Choice<'set'> = {
	name: 'Set Value',
	value: 'set',
	description: 'Store the value below',
};
const GENERATE: Choice<'generate'> = {
	name: 'Generate Value',
	value: 'generate',
	description: 'Let the Connect server generate a value, so that it never passes through n8n',
};
const CLEAR: Choice<'clear'> = {
	name: 'Clear Value',
	value: 'clear',
	description: 'Keep the field and empty it',
};
const REMOVE: Choice<'remove'> = {
	name: 'Remove Field',
	value: 'remove',
	description: 'Take the field out of the item',
};

const field = requiredText({
	displayName: 'Field',
	name: 'field',
	placeholder: 'e.g. credential',
	description: 'Label, section.label or ID of the field',
});

const value = textParameter({
	displayName: 'Value',
	name: 'value',
	typeOptions: { password: true },
	description: `The value to store. An empty value is refused: choose ${CLEAR.name} to empty a field.`,
	displayOptions: { show: { mode: ['set'] } },
});

const section = textParameter({
	displayName: 'Section',
	name: 'section',
	placeholder: 'e.g. Rotation',
	description: 'Label or ID of the section. Leave empty unless two fields share a label.',
});

const type = choiceParameter({
	displayName: 'Type',
	name: 'type',
	default: 'CONCEALED',
	description: 'Type of a field that is added. A field that exists keeps its type.',
	options: WRITABLE_FIELD_TYPES.map((one) => ({ name: FIELD_TYPE_NAMES[one], value: one })).sort((a, b) => a.name.localeCompare(b.name)),
});

export const newFields = fieldsParameter([GENERATE, SET], 'The fields the item has, beside those of its category');
export const changedFields = fieldsParameter([CLEAR, GENERATE, REMOVE, SET], 'The fields to change; everything else in the item is unchanged');

/** Reading throws OnePasswordError INVALID_INPUT for a row that says too little or what Connect does not know. */
function fieldsParameter(actions: ReadonlyArray<Choice<FieldChange['action']>>, description: string): Parameter<FieldChange[]> {
	const action = choiceParameter({ displayName: 'Action', name: 'mode', default: 'set', options: actions });
	return rowsParameter({
		displayName: 'Fields',
		name: 'fields',
		typeOptions: { multipleValueButtonText: 'Add Field' },
		placeholder: 'Add Field',
		description,
		row: 'Field',
		members: [field, action, value, ...recipeMembers, section, type],
		readRow: (row) => readFieldChange(row, action.read(row)),
	});
}

function readFieldChange(row: ParameterValues, action: FieldChange['action']): FieldChange {
	const name = field.read(row);
	const inSection = section.read(row);
	return {
		field: name,
		action,
		type: type.read(row),
		...(inSection !== '' && { section: inSection }),
		...(action === 'set' && { value: readValue(row.value(value.property.name), name) }),
		...(action === 'generate' && { recipe: readRecipe(row) }),
	};
}

/** An expression that finds nothing must not wipe a secret, so emptying a field is an action of its own. */
function readValue(given: unknown, name: string): string {
	const date = textOfDate(given);
	if (date !== undefined) return date;
	if (given === undefined || given === null || (typeof given === 'string' && given.trim() === '')) {
		throw invalidInput(
			`The value for the field "${name}" is empty.`,
			"Check the expression of 'Value'; to empty the field on purpose choose the action 'Clear Value'.",
		);
	}
	if (!['string', 'boolean', 'bigint'].includes(typeof given) && !Number.isFinite(given)) {
		throw invalidInput(
			`The value for the field "${name}" is not text.`,
			"Point the expression of 'Value' at one text, or convert it with JSON.stringify.",
		);
	}
	return String(given);
}
