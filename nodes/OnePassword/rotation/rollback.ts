import { rollBackRotation } from '../../shared/connect/rotation/rotationSteps';
import { resolveItem } from '../../shared/n8n/operations/connectContext';
import { readSwitch } from '../../shared/n8n/parameters/parameters';
import { itemLocators } from '../../shared/n8n/properties/locators/itemLocator';
import { optionsProperty } from '../../shared/n8n/properties/options';
import { revealAllProperty } from '../../shared/n8n/properties/output';
import type { ConnectOperation } from '../connectResource';
import { readStepCommand, readStepOutput, readStepTimeout } from './rotationOutput';
import { checkedVersionOption, rotationIdProperty, stepSyncOption } from './rotationProperties';

export const rollback: ConnectOperation = {
	value: 'rollback',
	name: 'Roll Back',
	action: 'Roll a rotation back',
	description: 'Before Finish: drop the staged value. After it: make the previous value live again, and keep the withdrawn one beside it.',
	writes: true,
	properties: [
		...itemLocators,
		rotationIdProperty,
		revealAllProperty('The live value and the withdrawn one'),
		optionsProperty(
			checkedVersionOption,
			{
				displayName: 'Only If Pending',
				name: 'onlyIfPending',
				type: 'boolean',
				default: true,
				description: 'Whether to refuse once the rotation has finished, so that a value that is live after all stays live',
			},
			stepSyncOption,
		),
	],
	async run(context) {
		const describe = readStepOutput(context, ['live', 'withdrawn']);
		const onlyIfPending = readSwitch(context.parameters.collection('options'), 'onlyIfPending', 'Only If Pending');
		const command = { ...readStepCommand(context), onlyIfPending };
		const target = { ...(await resolveItem(context)), syncTimeoutMs: readStepTimeout(context) };
		return describe(await rollBackRotation(context.run, target, command));
	},
};
