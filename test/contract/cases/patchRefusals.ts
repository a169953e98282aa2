import { describe, expect } from '@jest/globals';

import { contract } from '../evidence';
import type { Desk } from '../running/desk';
import { fieldOf } from '../running/desk';
import { ownTitle } from '../running/mark';

export function patchRefusals(desk: Desk): void {
	const statusOf = async (body: unknown) => {
		const { id } = await desk.create();
		return (await desk.call('PATCH', desk.itemPath(id), body)).status;
	};

	describe('PATCH refuses', () => {
		contract('an operation outside of a list', { source: 'observed', basis: '1Password/connect issue 61' }, async () => {
			expect(await statusOf({ op: 'replace', path: '/title', value: ownTitle('x') })).toBe(400);
		});

		contract('operations other than add, remove and replace', { source: 'documented', basis: 'OpenAPI PatchVaultItem' }, async () => {
			expect(await statusOf([{ op: 'test', path: '/title', value: 'x' }])).toBe(400);
			expect(await statusOf([{ op: 'move', path: '/title', from: '/category' }])).toBe(400);
		});

		contract('a field id that the item does not have', { source: 'unverified', basis: 'there is nothing to change' }, async () => {
			const operation = { op: 'replace', path: `/fields/${'q'.repeat(26)}/value`, value: 'x' };
			expect([400, 404]).toContain(await statusOf([operation]));
		});

		contract('all of its operations when one is bad', { source: 'unverified', basis: 'RFC 5789 wants it' }, async () => {
			const { id } = await desk.create({ fields: [{ id: 'key', value: 'before' }] });
			const { status } = await desk.call('PATCH', desk.itemPath(id), [
				{ op: 'replace', path: '/fields/key/value', value: 'after' },
				{ op: 'replace', path: `/fields/${'q'.repeat(26)}/value`, value: 'x' },
			]);
			expect(status).toBeGreaterThanOrEqual(400);
			await desk.patch(id, { op: 'replace', path: '/favorite', value: true });
			expect(fieldOf(await desk.read(id, 2), 'key')?.value).toBe('before');
		});
	});
}
