import { rollBackRotation } from '../../shared/connect/rotation/rotationSteps';
import { resolveItem } from '../../shared/n8n/operations/connectContext';
import { switchParameter } from '../../shared/n8n/parameters/choices';
import { itemProperties } from '../../shared/n8n/properties/locators/itemLocator';
import { option, optionsProperty } from '../../shared/n8n/properties/options';
import { revealAllParameter } from '../../shared/n8n/properties/output';
import type { ConnectOperation } from '../connectResource';
import { readStepOutput } from './rotationOutput';
import { checkedVersionOption, readStepCommand, rotationId, stepSyncOption } from './rotationProperties';

const onlyIfPending = option(
	switchParameter({
		displayName: 'Only If Pending',
		name: 'onlyIfPending',
		default: true,
		absent: false,
		description: 'Whether to refuse once the rotation has finished, so that a value that is live after all stays live',
	}),
);

export const rollback: ConnectOperation = {
	value: 'rollback',
	name: 'Roll Back',
	action: 'Roll a rotation back',
	description: 'Before Finish: drop the staged value. After it: make the previous value live again, and keep the withdrawn one beside it.',
	writes: true,
	properties: [
		...itemProperties,
		rotationId.property,
		revealAllParameter('The live value and the withdrawn one').property,
		optionsProperty(checkedVersionOption, onlyIfPending, stepSyncOption),
	],
	async run(context) {
		const describe = readStepOutput(context, ['live', 'withdrawn']);
		const command = { ...readStepCommand(context), onlyIfPending: onlyIfPending.read(context.parameters) };
		const target = { ...(await resolveItem(context)), syncTimeoutMs: stepSyncOption.read(context.parameters) };
		return describe(await rollBackRotation(context.run, target, command));
	},
};
