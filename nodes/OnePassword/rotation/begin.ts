import { beginRotation } from '../../shared/connect/rotation/rotationSteps';
import { generatePassword } from '../../shared/core/password/passwordGenerator';
import { resolveItem } from '../../shared/n8n/operations/connectContext';
import { shownAs } from '../../shared/n8n/parameters/parameter';
import { requiredText } from '../../shared/n8n/parameters/texts';
import { itemProperties } from '../../shared/n8n/properties/locators/itemLocator';
import { addedOptions, optionsProperty } from '../../shared/n8n/properties/options';
import { secureRandomInt } from '../../shared/n8n/process/secureRandomInt';
import { revealAllParameter } from '../../shared/n8n/properties/output';
import type { ConnectOperation } from '../connectResource';
import { newValueProperties, readNewValue } from './newValue';
import { pendingValueOf, readStepOutput } from './rotationOutput';
import { readRotationId, readRotationTag, rotationId, rotationTag, stepSyncOption } from './rotationProperties';

const field = requiredText({
	displayName: 'Field',
	name: 'field',
	required: true,
	placeholder: 'e.g. credential',
	description: 'Label, section.label or ID of the field that contains the live value',
});

export const begin: ConnectOperation = {
	value: 'begin',
	name: 'Begin',
	action: 'Begin a rotation',
	description: 'Stage a new value beside the live one, in the section "Rotation" of the item; the live value is unchanged',
	writes: true,
	properties: [
		...itemProperties,
		field.property,
		...newValueProperties,
		shownAs(rotationId, {
			placeholder: 'e.g. {{ $json.id }}-2026-11',
			description:
				'Identifies the rotation. A repeated step with the same ID has no further effect, so every rotation needs its own ID. Default: the ID of the execution.',
		}).property,
		revealAllParameter('The staged value').property,
		optionsProperty(rotationTag('Tag to add to the item, by which Get Status finds items with a rotation. Empty: none.'), stepSyncOption),
	],
	async run(context) {
		const describe = readStepOutput(context, ['pending']);
		const { parameters, run } = context;
		const value = readNewValue(parameters);
		const command = {
			rotationId: readRotationId(context),
			field: field.read(parameters),
			tag: readRotationTag(parameters, addedOptions),
			now: run.effects.now(),
			isGiven: value.kind === 'given',
			value: value.kind === 'given' ? value.text : generatePassword(value.recipe, secureRandomInt),
		};
		const target = { ...(await resolveItem(context)), syncTimeoutMs: stepSyncOption.read(parameters) };
		const begun = await beginRotation(run, target, command);
		// What an earlier attempt has staged may be of another recipe.
		const isOurs = value.kind === 'generated' && pendingValueOf(begun.item) === command.value;
		return describe(begun, isOurs ? { entropyBits: value.entropyBits } : undefined);
	},
};
