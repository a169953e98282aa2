/** The parameters that the steps of a rotation share. */

import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_ROTATION_TAG } from '../../shared/core/rotation/rotationBegin';
import { expectedVersionOption, syncOption } from '../../shared/n8n/properties/options';

export const rotationIdProperty: INodeProperties = {
	displayName: 'Rotation ID',
	name: 'rotationId',
	type: 'string',
	default: '',
	placeholder: "e.g. {{ $('Begin').first().json.rotationId }}",
	description:
		'Which rotation it is, as Begin returned it. Default: the ID of the execution, which is another one when n8n retries a failed execution.',
};

/** A step that no read has shown can't be reported as done, so that there is no way not to wait. */
export const stepSyncOption: INodeProperties = {
	...syncOption,
	typeOptions: { minValue: 1 },
	description:
		'Seconds to wait until a read shows the step, since Connect reads from a local copy that follows a moment later. After that the step fails, and can be repeated.',
};

export const checkedVersionOption: INodeProperties = {
	...expectedVersionOption,
	description:
		'Version of the item that you have looked at after somebody edited it by hand: go on although it was edited, and refuse if it is at another version by now',
};

export function rotationTagOption(description: string): INodeProperties {
	return {
		displayName: 'Rotation Tag',
		name: 'rotationTag',
		type: 'string',
		default: DEFAULT_ROTATION_TAG,
		description,
	};
}
