import { rollBackRotation } from '../../shared/connect/rotation/rotationSteps';
import { resolveItem, type ConnectContext } from '../../shared/n8n/connectContext';
import type { Operation } from '../../shared/n8n/operation';
import { itemLocators } from '../../shared/n8n/properties/itemLocator';
import { optionsProperty } from '../../shared/n8n/properties/options';
import { revealAllProperty } from '../../shared/n8n/properties/output';
import { readStepCommand, readStepOutput, readStepTimeout } from './rotationOutput';
import { checkedVersionOption, rotationIdProperty, stepSyncOption } from './rotationProperties';

export const rollback: Operation<ConnectContext> = {
	value: 'rollback',
	name: 'Roll Back',
	action: 'Roll a rotation back',
	description:
		'Before Finish: drop the staged value. After it: make the previous value live again, and keep the withdrawn one in its place.',
	properties: [
		...itemLocators,
		rotationIdProperty,
		revealAllProperty('The live value and the previous one'),
		optionsProperty(checkedVersionOption, stepSyncOption),
	],
	async run(context) {
		const describe = readStepOutput(context, ['live', 'previous']);
		const command = readStepCommand(context);
		const target = { ...(await resolveItem(context)), syncTimeoutMs: readStepTimeout(context) };
		return describe(await rollBackRotation(context.run, target, command));
	},
};
