import type { Selector } from '../../../connect/lookup/lookup';
import { invalidInput } from '../../../core/errors/onePasswordError';
import type { Parameter } from '../../parameters/parameter';
import { locatorParameter } from './locatorModes';

const { property, read } = locatorParameter({
	displayName: 'File',
	name: 'file',
	required: true,
	description: 'The file attached to the item. A name that matches several files is refused, and their IDs are listed.',
	search: 'searchFiles',
	example: 'deploy.pub',
});

export const fileLocator: Parameter<Selector> = {
	property,
	read: (values) => {
		const { selector } = read(values);
		if (selector !== undefined) return selector;
		throw invalidInput(`'${property.displayName}' takes no secret reference.`, 'Use the name or the ID of the file.');
	},
};
