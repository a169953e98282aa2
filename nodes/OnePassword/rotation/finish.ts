import { finishRotation } from '../../shared/connect/rotation/rotationSteps';
import { resolveItem } from '../../shared/n8n/operations/connectContext';
import { choiceParameter } from '../../shared/n8n/parameters/choices';
import { numberParameter } from '../../shared/n8n/parameters/numbers';
import { added, type ParameterValues } from '../../shared/n8n/parameters/parameter';
import { invalidInput } from '../../shared/core/errors/onePasswordError';
import type { ConnectOperation } from '../connectResource';
import { itemProperties } from '../../shared/n8n/properties/locators/itemLocator';
import { option, optionsProperty } from '../../shared/n8n/properties/options';
import { revealAllParameter } from '../../shared/n8n/properties/output';
import { otherFields } from './otherFields';
import { readStepOutput } from './rotationOutput';
import { checkedVersionOption, readStepCommand, rotationId, stepSyncOption } from './rotationProperties';

const MAX_GRACE_HOURS = 10 * 365 * 24;

const previousValue = choiceParameter({
	displayName: 'Previous Value',
	name: 'previousValue',
	default: 'keep',
	description: 'What becomes of the value that was live until now',
	options: [
		{
			name: 'Drop',
			value: 'drop',
			description:
				'Take it out of the item. Call Finish again with this, once the old key is revoked, to end the grace period; a rollback is impossible from then on.',
		},
		{ name: 'Keep', value: 'keep', description: 'Keep it in the section "Rotation", so that a rollback can put it back' },
	],
});

const graceHours = option(
	added(
		numberParameter({
			displayName: 'Grace Period (Hours)',
			name: 'graceHours',
			minimum: 1,
			default: 24,
			description:
				'How long after Finish the previous value is still in use somewhere. Get Status reports when this time is over. No new rotation can begin until the grace period has been ended: run Finish again with Previous Value set to Drop. Without it, nothing is recorded.',
		}),
	),
);

export const finish: ConnectOperation = {
	value: 'finish',
	name: 'Finish',
	action: 'Finish a rotation',
	description: 'Make the staged value live and keep the one before it, in one write; refused if someone has edited the item since it was staged',
	writes: true,
	properties: [
		...itemProperties,
		rotationId.property,
		previousValue.property,
		otherFields.property,
		revealAllParameter('The live value and the previous one').property,
		optionsProperty(graceHours, checkedVersionOption, stepSyncOption),
	],
	async run(context) {
		const describe = readStepOutput(context, ['live', 'previous']);
		const { parameters, run } = context;
		const previous = previousValue.read(parameters);
		const command = {
			...readStepCommand(context),
			previousValue: previous,
			graceHours: readGraceHours(parameters, previous),
			others: otherFields.read(parameters),
		};
		const target = { ...(await resolveItem(context)), syncTimeoutMs: stepSyncOption.read(parameters) };
		return describe(await finishRotation(run, target, command));
	},
};

function readGraceHours(parameters: ParameterValues, previous: string): number | undefined {
	const hours = graceHours.read(parameters);
	if (hours === undefined) return undefined;
	if (hours > MAX_GRACE_HOURS) throw invalidInput("'Grace Period (Hours)' is more than ten years.", 'Choose fewer hours.');
	if (previous === 'keep') return hours;
	throw invalidInput(
		'There is no grace period for a previous value that is dropped.',
		"Set 'Previous Value' to 'Keep', or remove 'Grace Period (Hours)'.",
	);
}
