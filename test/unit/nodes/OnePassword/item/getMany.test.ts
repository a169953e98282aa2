import { describe, expect, it } from '@jest/globals';

import { byName } from '../../../../support/parameters';
import { nodeScene } from '../nodeScene';

const SECRET = { id: 'key', type: 'CONCEALED', label: 'key', value: 'one' };

const { run, expectRefusal } = nodeScene(
	[
		{ title: 'Payments API', category: 'API_CREDENTIAL', tags: ['payments'], fields: [SECRET] },
		{ title: 'Admin', tags: ['web'], urls: [{ href: 'https://ada:hunter2@example.com' }] },
		{ title: 'Old payments', state: 'ARCHIVED' },
	],
	[{ name: 'Staging', items: [{ title: 'Webhook' }] }],
);

const getMany = (rest: object = {}): Record<string, unknown> => ({
	resource: 'item',
	operation: 'getMany',
	vault: byName('Production'),
	returnAll: true,
	simplify: true,
	...rest,
});

async function titles(rest: object = {}): Promise<unknown[]> {
	return (await run(getMany(rest))).map(({ json }) => json.title).sort();
}

describe('Item: Get Many', () => {
	it('lists the active items of a vault, without their fields', async () => {
		const output = await run(getMany());
		expect(output.map(({ json }) => json.title).sort()).toEqual(['Admin', 'Payments API']);
		expect(JSON.stringify(output)).not.toContain('one');
		expect(output.every(({ json }) => !('fields' in json))).toBe(true);
	});

	it.each([true, false])('conceals a password in an address (simplify: %s)', async (simplify) => {
		expect(JSON.stringify(await run(getMany({ simplify })))).not.toContain('hunter2');
	});

	it('lists those of every vault', async () => {
		expect(await titles({ searchIn: 'allVaults' })).toEqual(['Admin', 'Payments API', 'Webhook']);
	});

	it.each([
		[{ tag: 'web' }, ['Admin']],
		[{ category: 'API_CREDENTIAL' }, ['Payments API']],
		[{ titleContains: 'PAY' }, ['Payments API']],
		[{ updatedAfter: '2100-01-01T00:00:00Z' }, []],
	])('with the filters %j returns %j', async (filters, expected) => {
		expect(await titles({ filters })).toEqual(expected);
	});

	it('returns no more than the limit', async () => {
		expect(await titles({ returnAll: false, limit: 1 })).toHaveLength(1);
	});

	it('returns rows as Connect sends them without Simplify', async () => {
		const [row] = await run(getMany({ simplify: false, filters: { tag: 'web' } }));
		expect(row?.json).toMatchObject({ title: 'Admin', vault: { id: expect.stringMatching(/^[a-z0-9]{26}$/) } });
	});

	it('fails for a vault that does not exist', async () => {
		await expectRefusal('VAULT_NOT_FOUND', getMany({ vault: byName('Gone') }));
	});
});
