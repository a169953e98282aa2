/** The emulator beside recorded answers: what it is seeded with comes back in the shape in which real servers sent it. */

import { afterEach, describe, expect, it } from '@jest/globals';

import type { ApiRequest, FullItem, Vault } from '../../../nodes/shared/core/wire';
import { closeAll, startWith } from '../../unit/emulators/connect/support';
import type { SeedItem } from '../../emulators/connect';
import type { RecordedItem, Recordings } from './recordings';
import { recordings } from './recordings';

afterEach(closeAll);

const recorded = recordings();

if (recorded) compare(recorded);
else it.skip('the emulator responds like recorded servers (CONNECT_RECORDED is not set)', () => undefined);

function compare({ items, activity, vaults, metrics }: Recordings): void {
	/** Recorded as a whole, with the knob for the release. */
	const whole = [
		['login-add-more-2025', 'items'],
		['api-credential-german-2024', 'items'],
		['ssh-key-2023', 'items'],
		['password-2022', 'none'],
		['credit-card-2021', 'none'],
	] as const;

	describe.each(whole)('the item of %s', (name, extraMembers) => {
		const item = items.get(name) as RecordedItem;
		const answer = async () => {
			const desk = await startWith([{ ...item, id: undefined } as unknown as SeedItem], { extraMembers });
			return (await desk.get(desk.id())).body;
		};

		it('has the same properties in the item and in each field', async () => {
			const sent = await answer();
			const isFilledIn = (member: string): boolean => name !== 'credit-card-2021' || member !== 'lastEditedBy';
			expect(Object.keys(sent).filter(isFilledIn).sort()).toEqual(Object.keys(item).sort());
			expect(Object.keys(sent.vault).sort()).toEqual(Object.keys(item.vault).sort());
			const membersOf = ({ fields = [] }: FullItem) => fields.map((field) => [field.id, Object.keys(field).sort()]);
			expect(membersOf(sent)).toEqual(membersOf(item));
		});

		it('has times in the same format', async () => {
			for (const { createdAt = '', updatedAt = '' } of [await answer(), item]) {
				for (const time of [createdAt, updatedAt]) expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
			}
		});
	});

	it.each(['api-credential-german-2024', 'credit-card-2021', 'password-2022'])(
		'a new item of the category of %s has empty built-in fields',
		async (name) => {
			const item = items.get(name) as RecordedItem;
			const desk = await startWith([]);
			const { body } = await desk.create({ category: item.category });
			const builtIn = (item.fields ?? []).filter(({ section }) => !section).map(({ id, type, purpose }) => ({ id, type, purpose }));
			expect(body.fields?.map(({ id, type, purpose }) => ({ id, type, purpose }))).toEqual(builtIn);
			expect(body.fields?.some(({ value }) => value)).toBe(false);
		},
	);

	it('activity log rows have the properties of recorded ones', async () => {
		const desk = await startWith([]);
		await desk.vaults();
		await desk.call('GET', `/v1/vaults/${desk.vaultId}`);
		await desk.call('GET', '/v1/vaults/123abc');
		const rows = (await desk.call<ApiRequest[]>('GET', '/v1/activity')).body;
		expect(shapesOf(rows)).toEqual(shapesOf(activity.get('activity-2021') ?? []));
		const ids = [...rows, ...(activity.get('activity-2021') ?? [])].flatMap(({ actor }) => [actor.id, actor.account]);
		for (const id of ids) expect(id).toMatch(/^[2-7A-Z]{26}$/);
	});

	it('vaults have the properties of recorded ones', async () => {
		const desk = await startWith([]);
		const membersOf = (rows: readonly Vault[]) => Object.keys(rows[0] ?? {}).sort();
		expect(membersOf(await desk.vaults())).toEqual(membersOf([...vaults.values()][0] ?? []));
	});

	it('metrics have the names and labels of recorded ones', async () => {
		const desk = await startWith([{ title: 'One' }]);
		await desk.list();
		const known = new Set(metrics.flatMap(seriesOf));
		const sent = seriesOf((await desk.call<string>('GET', '/metrics')).text);
		expect(sent.filter((series) => !known.has(series))).toEqual([]);
		expect(sent.length).toBeGreaterThan(5);
	});
}

/** The paths to their members, each combination once. */
function shapesOf(rows: readonly ApiRequest[]): string[] {
	const pathsOf = (value: unknown, path: string): string[] =>
		typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([name, member]) => pathsOf(member, `${path}/${name}`)) : [path];
	return [...new Set(rows.map((row) => `${row.result} ${pathsOf(row, '').sort().join(' ')}`))].sort();
}

/** Names with the names of their labels; paths of routes that a server was never asked for do not count. */
function seriesOf(text: string): string[] {
	const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
	return [...new Set(lines.map((line) => line.replace(/="[^"]*"/g, '').replace(/ \S+$/, '')))];
}
