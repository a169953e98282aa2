import { describe, expect, it } from '@jest/globals';

import { concealItem } from '../../../../nodes/shared/core/disclosure/concealment';
import { simplifyItem, summariseItem } from '../../../../nodes/shared/core/item/itemView';
import type { FullItem } from '../../../../nodes/shared/core/wire';

const SECRET = 'first line of a note';

/** Real servers send the line that the apps show below a title: of a secure note it is contents. */
const NOTE = {
	id: 'i'.repeat(26),
	title: 'Note',
	vault: { id: 'v'.repeat(26), name: 'Operations' },
	category: 'SECURE_NOTE',
	additionalInformation: SECRET,
	fields: [{ id: 'notesPlain', type: 'STRING', purpose: 'NOTES', label: 'notesPlain', value: `${SECRET}\nsecond` }],
} as FullItem;

describe("an item's additional information", () => {
	it.each<[string, (item: FullItem) => object]>([
		['a concealed item', (item) => concealItem(item, 'none')],
		['an item with another field revealed', (item) => concealItem(item, { fields: ['nothing'], lenient: true })],
		['a simplified item', (item) => simplifyItem(concealItem(item, 'none'))],
		['a summary', summariseItem],
	])('is not in %s', (_what, shape) => {
		expect(JSON.stringify(shape(NOTE))).not.toContain(SECRET);
	});
});
