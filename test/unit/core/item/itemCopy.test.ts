import { expect, it } from '@jest/globals';

import { copyItem } from '../../../../nodes/shared/core/item/itemCopy';
import type { FullItem } from '../../../../nodes/shared/core/wire';

const ITEM: FullItem = { id: 'i', title: 'T', category: 'LOGIN', vault: { id: 'v' } };

it('a section listed only in its fields is copied once, with its label', () => {
	const section = { id: 's', label: 'Replica' };
	const fields = ['a', 'b'].map((id) => ({ id, type: 'STRING' as const, value: id, section }));
	const { draft } = copyItem({ ...ITEM, sections: [{ id: 'o', label: 'Other' }], fields }, 'w');
	expect(draft.sections).toEqual([{ id: 'o', label: 'Other' }, section]);
	expect(draft.fields?.map((field) => field.section)).toEqual([{ id: 's' }, { id: 's' }]);
});

it('a field without an ID is copied without one', () => {
	const { draft } = copyItem({ ...ITEM, fields: [{ id: '', type: 'STRING', label: 'bare', value: 'x' }] }, 'w');
	expect(draft.fields).toEqual([{ type: 'STRING', label: 'bare', value: 'x' }]);
});

it('a rotation stays with its item', () => {
	const section = { id: 'r', label: 'Rotation' };
	const fields = [
		{ id: 'key', type: 'CONCEALED' as const, label: 'key', value: 'live' },
		{ id: 'r1', type: 'STRING' as const, label: 'rotation ID', value: '42', section },
		{ id: 'r2', type: 'CONCEALED' as const, label: 'previous value', value: 'old', section },
	];
	const { draft, leftOut } = copyItem({ ...ITEM, sections: [section], fields }, 'w');
	expect(draft.fields?.map(({ id }) => id)).toEqual(['key']);
	expect(draft).not.toHaveProperty('sections');
	expect(leftOut).toEqual(['state and values of its rotation']);
});
