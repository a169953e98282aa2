import { describe, expect } from '@jest/globals';

import type { ErrorResponse, ItemDraft } from '../../../nodes/shared/core/wire';
import { contract } from '../evidence';
import type { Desk } from '../running/desk';
import { eventually } from '../running/eventually';
import { ownTitle } from '../running/mark';

export function creation(desk: Desk): void {
	const refusal = async (members: Partial<ItemDraft>) => {
		const { status, body } = await desk.tryToCreate<ErrorResponse>(members);
		return { status, message: body.message };
	};

	describe('a new item', () => {
		contract('is answered with 200 and all that it holds', { source: 'documented', basis: 'OpenAPI CreateVaultItem' }, async () => {
			const title = ownTitle('made');
			const created = await desk.create({ title, fields: [{ id: 'key', label: 'key', type: 'CONCEALED', value: 'v' }] });
			expect(created).toMatchObject({ title, category: 'LOGIN', vault: { id: desk.vaultId } });
			expect(created.fields).toContainEqual(expect.objectContaining({ label: 'key', type: 'CONCEALED', value: 'v' }));
		});

		contract('has version 1', { source: 'observed', basis: 'the Terraform provider waits for it' }, async () => {
			const { id } = await desk.create();
			expect((await desk.read(id)).version).toBe(1);
		});

		contract('becomes readable and listed', { source: 'observed', basis: 'Terraform and External Secrets wait for it' }, async () => {
			const { id } = await desk.create();
			await desk.read(id);
			await eventually(async () => expect((await desk.list()).map((item) => item.id)).toContain(id));
		});

		contract('has sorted tags in the case they were sent in', { source: 'observed', basis: 'Terraform provider 2.0.0' }, async () => {
			const { id } = await desk.create({ tags: ['delta', 'alpha', 'charlie/ops', 'bravo'] });
			expect((await desk.read(id)).tags).toEqual(['alpha', 'bravo', 'charlie/ops', 'delta']);
			const mixed = await desk.create({ tags: ['Team'] });
			expect((await desk.read(mixed.id)).tags).toEqual(['Team']);
		});

		contract('needs the vault in its body', { source: 'documented', basis: 'OpenAPI: required; js SDK issue 122' }, async () => {
			const { status } = await desk.call('POST', `${desk.vaultPath}/items`, { title: ownTitle('x'), category: 'LOGIN' });
			expect(status).toBe(400);
		});

		contract('cannot be of a category that Connect does not know', { source: 'documented', basis: 'OpenAPI example' }, async () => {
			expect(await refusal({ category: 'NONSENSE' })).toEqual({ status: 400, message: 'Invalid item category' });
		});

		for (const category of ['CUSTOM', 'DOCUMENT']) {
			contract(`cannot be a ${category}`, { source: 'documented', basis: 'API reference; changelog 1.2 and 1.7.0' }, async () => {
				expect((await refusal({ category })).status).toBe(400);
			});
		}
	});
}
