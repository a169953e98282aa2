import { finishRotation } from '../../shared/connect/rotation/rotationSteps';
import { resolveItem } from '../../shared/n8n/operations/connectContext';
import { oneOf } from '../../shared/n8n/parameters/itemParameters';
import { readNumber, type Parameters } from '../../shared/n8n/parameters/parameters';
import { invalidInput } from '../../shared/core/errors/onePasswordError';
import { itemLocators } from '../../shared/n8n/properties/locators/itemLocator';
import { optionsProperty } from '../../shared/n8n/properties/options';
import { revealAllProperty } from '../../shared/n8n/properties/output';
import type { ConnectOperation } from '../connectResource';
import { otherFieldsProperty, readOtherFields } from './otherFields';
import { readStepCommand, readStepOutput, readStepTimeout } from './rotationOutput';
import { checkedVersionOption, rotationIdProperty, stepSyncOption } from './rotationProperties';

const MAX_GRACE_HOURS = 10 * 365 * 24;

export const finish: ConnectOperation = {
	value: 'finish',
	name: 'Finish',
	action: 'Finish a rotation',
	description: 'Make the staged value live and keep the one before it, in one write; refused where somebody has edited the item since it was staged',
	writes: true,
	properties: [
		...itemLocators,
		rotationIdProperty,
		{
			displayName: 'Previous Value',
			name: 'previousValue',
			type: 'options',
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
		},
		otherFieldsProperty,
		revealAllProperty('The live value and the previous one'),
		optionsProperty(
			{
				displayName: 'Grace Period (Hours)',
				name: 'graceHours',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 24,
				description:
					'How long the previous value is still in use somewhere, from Finish on. Get Status tells when it is over. No new rotation begins before the grace period was ended: Finish again with Previous Value set to Drop. Without it nothing is recorded.',
			},
			checkedVersionOption,
			stepSyncOption,
		),
	],
	async run(context) {
		const describe = readStepOutput(context, ['live', 'previous']);
		const { parameters, run } = context;
		const previousValue = oneOf(parameters.value('previousValue') ?? 'keep', ['keep', 'drop'], 'Previous Value');
		const command = {
			...readStepCommand(context),
			previousValue,
			graceHours: readGraceHours(parameters, previousValue),
			others: readOtherFields(parameters),
		};
		const target = { ...(await resolveItem(context)), syncTimeoutMs: readStepTimeout(context) };
		return describe(await finishRotation(run, target, command));
	},
};

function readGraceHours(parameters: Parameters, previousValue: string): number | undefined {
	const hours = readNumber(parameters.collection('options'), 'graceHours', 'Grace Period (Hours)', 1);
	if (hours === undefined) return undefined;
	if (hours > MAX_GRACE_HOURS) throw invalidInput("'Grace Period (Hours)' is more than ten years.", 'Choose fewer hours.');
	if (previousValue === 'keep') return hours;
	throw invalidInput(
		'There is no grace period for a previous value that is dropped.',
		"Set 'Previous Value' to 'Keep', or remove 'Grace Period (Hours)'.",
	);
}
