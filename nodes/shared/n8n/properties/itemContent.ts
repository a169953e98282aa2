/** What a user can put into an item beside its fields: tags, URLs, the star. */

import type { ItemUrl } from '../../core/wire';
import { switchParameter } from '../parameters/choices';
import { rowsParameter } from '../parameters/collections';
import type { Parameter, ParameterValues } from '../parameters/parameter';
import { addedText, requiredText, textParameter, textsParameter } from '../parameters/texts';

interface Naming {
	readonly displayName: string;
	readonly name: string;
	readonly description: string;
}

export function tagsParameter(naming: Naming): Parameter<string[]> {
	return textsParameter({ ...naming, default: '', placeholder: 'e.g. rotated, production' });
}

export const tagFilter = addedText({
	displayName: 'Tag',
	name: 'tag',
	placeholder: 'e.g. production',
	description: 'Only items that have exactly this tag',
});

export function urlsParameter(naming: Naming): Parameter<ItemUrl[]> {
	return rowsParameter({
		...naming,
		typeOptions: { multipleValueButtonText: 'Add URL' },
		placeholder: 'Add URL',
		row: 'URL',
		members: [href, label, primary],
		readRow: readUrl,
	});
}

const href = requiredText({ displayName: 'URL', name: 'href', placeholder: 'e.g. https://example.com' });

const label = textParameter({ displayName: 'Label', name: 'label', placeholder: 'e.g. website' });

const primary = switchParameter({
	displayName: 'Primary',
	name: 'primary',
	default: false,
	description: 'Whether this is the address that 1Password opens',
});

function readUrl(row: ParameterValues): ItemUrl {
	const text = label.read(row);
	return {
		href: href.read(row),
		...(text !== '' && { label: text }),
		...(primary.read(row) && { primary: true }),
	};
}

export const favorite = switchParameter({
	displayName: 'Favorite',
	name: 'favorite',
	default: false,
	description: 'Whether the item is a favorite',
});
