import { afterEach, describe, expect, it } from '@jest/globals';

import { Desk, closeAll, start, startWith } from './support';

afterEach(closeAll);

const ITEMS = [
	{ title: 'Payments API', tags: ['Ops', 'pay'] },
	{ title: 'payments api', tags: ['ops'] },
	{ title: 'Say "hi" \\ bye & more #1 +2 100%' },
	{ title: 'Twin' },
	{ title: 'Twin' },
];

describe('filters on items', () => {
	it.each([
		['title eq "Payments API"', 1],
		['TITLE EQ "Payments API"', 1],
		['title co "ments"', 2],
		['title eq "Twin"', 2],
		['title eq "none"', 0],
		['tag eq "ops"', 1],
		['tag co "pa"', 1],
		['title eq "Twin" or title co "ments"', 4],
		['title eq "none" or tag eq "ops" or title eq "Twin"', 3],
		['title eq "none or title eq \\"Twin"', 0],
		['title eq "Say \\"hi\\" \\\\ bye & more #1 +2 100%"', 1],
	])('%s finds %i', async (filter, count) => {
		const desk = await startWith(ITEMS);
		expect(await desk.list(filter)).toHaveLength(count);
	});

	it.each([
		"'",
		'title eq Twin',
		"title eq 'Twin'",
		'title sw "Tw"',
		'title pr',
		'name eq "Twin"',
		'title eq "Twin" or',
		'title eq "Twin" or nonsense',
		'title eq "Twin" and tag eq "ops"',
		'title eq "a"b"',
	])('refuse %s with 400', async (filter) => {
		const desk = await startWith(ITEMS);
		const path = `${desk.itemsPath}?filter=${encodeURIComponent(filter)}`;
		expect((await desk.call('GET', path)).status).toBe(400);
	});

	it('refuse an or when told so', async () => {
		const desk = await startWith(ITEMS, { filterOr: false });
		const filter = encodeURIComponent('title eq "Twin" or title eq "none"');
		expect((await desk.call('GET', `${desk.itemsPath}?filter=${filter}`)).status).toBe(400);
	});

	it('read + and %20 alike as a space', async () => {
		const desk = await startWith(ITEMS);
		for (const space of ['+', '%20']) {
			const path = `${desk.itemsPath}/?filter=title${space}eq${space}%22Payments${space}API%22`;
			expect((await desk.call<unknown[]>('GET', path)).body).toHaveLength(1);
		}
	});

	it('ignore the case of titles when told so', async () => {
		const desk = await startWith(ITEMS, { itemTitleCase: 'insensitive' });
		expect(await desk.list('title eq "PAYMENTS API"')).toHaveLength(2);
	});
});

describe('filters on vaults', () => {
	const seed = { vaults: [{ name: 'Production' }, { name: 'production' }, { name: 'Staging' }] };

	it.each(['name eq "PRODUCTION"', 'title eq "production"', 'name co "duct"'])('%s finds two', async (filter) => {
		expect(await new Desk(await start({ seed })).vaults(filter)).toHaveLength(2);
	});

	it('heed case when told so', async () => {
		const desk = new Desk(await start({ seed, behaviour: { vaultNameCase: 'sensitive' } }));
		expect(await desk.vaults('name eq "production"')).toHaveLength(1);
	});
});
