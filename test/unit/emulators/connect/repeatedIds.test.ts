import { afterEach, expect, it } from '@jest/globals';

import { LANGUAGES, itemsInThreeLanguages, type SeedItem } from '../../../emulators/connect';
import { closeAll, startWith } from './support';

afterEach(closeAll);

const TWINS: SeedItem = {
	title: 'Twins',
	sections: [{ id: 'p' }, { id: 't' }],
	fields: [
		{ id: 'x', section: { id: 'p' }, value: 'prod' },
		{ id: 'x', section: { id: 't' }, value: 'test' },
		{ id: 'y', value: 'free' },
	],
};

const replace = (id: string): object[] => [{ op: 'replace', path: `/fields/${id}/value`, value: 'new' }];

it.each([
	['firstMatch', 200, ['new', 'test']],
	['refuse', 400, ['prod', 'test']],
] as const)('a PATCH of an id that two fields have: %s', async (repeatedFieldId, status, values) => {
	const desk = await startWith([TWINS], { repeatedFieldId });
	const item = desk.emulator.admin.items(desk.vaultId)[0];
	const path = `${desk.itemsPath}/${item?.id}`;
	expect((await desk.call('PATCH', path, replace('x'))).status).toBe(status);
	expect((await desk.call('PATCH', path, replace('y'))).status).toBe(200);
	const fields = desk.emulator.admin.items(desk.vaultId)[0]?.fields ?? [];
	expect(fields.filter(({ id }) => id === 'x').map(({ value }) => value)).toEqual(values);
});

it('a new item may have one id in two sections', async () => {
	const desk = await startWith([]);
	expect((await desk.create({ sections: TWINS.sections, fields: TWINS.fields })).status).toBe(200);
});

it('built-in fields have the same ids and other labels in each language', () => {
	const credentials = itemsInThreeLanguages().filter(({ category }) => category === 'API_CREDENTIAL');
	expect(credentials).toHaveLength(LANGUAGES.length);
	expect(new Set(credentials.map(({ fields }) => JSON.stringify(fields?.map(({ id }) => id)))).size).toBe(1);
	expect(new Set(credentials.map(({ fields }) => fields?.find(({ id }) => id === 'credential')?.label)).size).toBe(LANGUAGES.length);
});
