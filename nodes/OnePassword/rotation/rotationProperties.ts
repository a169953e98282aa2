/** The parameters that the steps of a rotation share. */

import { invalidInput } from '../../shared/core/errors/onePasswordError';
import { DEFAULT_ROTATION_TAG } from '../../shared/core/rotation/rotationBegin';
import type { StepCommand } from '../../shared/core/rotation/rotationStep';
import type { ConnectContext } from '../../shared/n8n/operations/connectContext';
import { findsNothing, toText } from '../../shared/n8n/parameters/conversions';
import type { NodeParameters } from '../../shared/n8n/parameters/nodeParameters';
import { shownAs, type Parameter, type ParameterValues } from '../../shared/n8n/parameters/parameter';
import { textParameter } from '../../shared/n8n/parameters/texts';
import { expectedVersionOption, waitForSync } from '../../shared/n8n/properties/options';

export const rotationId = textParameter({
	displayName: 'Rotation ID',
	name: 'rotationId',
	placeholder: "e.g. {{ $('Begin').first().json.rotationId }}",
	description:
		'Which rotation it is, as Begin returned it. Default: the ID of the execution, which is another one when n8n retries a failed execution.',
});

/** @throws OnePasswordError INVALID_INPUT where an expression finds no ID, or there is neither a rotation ID nor an execution. */
export function readRotationId({ parameters, executionId = '' }: ConnectContext): string {
	const { name, displayName } = rotationId.property;
	if (typeof parameters.value(name) === 'boolean') {
		throw invalidInput(`'${displayName}' is true or false.`, 'Check that its expression finds an ID.');
	}
	const given = rotationId.read(parameters).trim();
	if (given !== '') return given;
	if (parameters.isGiven(name)) throw findsNothing(displayName);
	if (executionId !== '') return executionId;
	throw invalidInput(`'${displayName}' is empty, and this execution has no ID.`, 'Fill it in.');
}

/** A step that no read has shown can't be reported as done, so that there is no way not to wait. */
export const stepSyncOption = alwaysWaiting(
	waitForSync(
		'Seconds to wait until a read shows the step, because Connect reads from a local copy that is updated a moment later. After that the step fails, and can be repeated. 0 is refused: a step that no read has shown cannot be reported as done.',
	),
);

function alwaysWaiting({ property, read }: Parameter<number>): Parameter<number> {
	return {
		property: { ...property, typeOptions: { minValue: 1 } },
		read: (values) => {
			const milliseconds = read(values);
			if (milliseconds > 0) return milliseconds;
			throw invalidInput(
				`'${property.displayName}' is 0, but a step of a rotation counts as done only when a read has shown it.`,
				'Enter at least 1 second, or remove the option.',
			);
		},
	};
}

export const checkedVersionOption = shownAs(expectedVersionOption, {
	description:
		'Version of the item that you have checked after someone edited it by hand. The step then continues despite the edit, and is refused if the item has changed again.',
});

export function readStepCommand(context: ConnectContext): StepCommand {
	return {
		rotationId: readRotationId(context),
		now: context.run.effects.now(),
		expectedVersion: checkedVersionOption.read(context.parameters),
	};
}

export function rotationTag(description: string): Parameter<string> {
	return textParameter({ displayName: 'Rotation Tag', name: 'rotationTag', default: DEFAULT_ROTATION_TAG, description });
}

const anyRotationTag = rotationTag('');

/**
 * @param collection that the tag is a member of.
 * @returns the tag that items with a rotation have; empty where somebody has emptied it.
 * @throws OnePasswordError INVALID_INPUT where an expression finds none.
 */
export function readRotationTag(parameters: NodeParameters, collection: Parameter<ParameterValues>): string {
	const { name, displayName } = anyRotationTag.property;
	const members = collection.read(parameters);
	if (!members.isGiven(name)) return DEFAULT_ROTATION_TAG;
	const tag = toText(members.value(name), displayName).trim();
	const isExpression = parameters.inside(collection.property.name).isGiven(name);
	if (tag === '' && isExpression) throw findsNothing(displayName);
	return tag;
}
