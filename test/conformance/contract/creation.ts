import { describe, expect } from '@jest/globals';

import type { ErrorResponse, ItemDraft } from '../../../nodes/shared/core/wire';
import { contract } from '../evidence';
import type { Desk } from '../running/desk';
import { fieldOf } from '../running/desk';
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

	describe('a field of a new item', () => {
		contract('is a STRING without a type, and gets an id', { source: 'documented', basis: 'OpenAPI default' }, async () => {
			const created = await desk.create({ fields: [{ label: 'plain', value: 'v' }] });
			const plain = created.fields?.find(({ label }) => label === 'plain');
			expect(plain).toMatchObject({ type: 'STRING', id: expect.stringMatching(/./) });
		});

		contract('may name its type in lower case', { source: 'observed', basis: 'examples of the OpenAPI file' }, async () => {
			const created = await desk.create({ fields: [{ label: 'secret', type: 'concealed', value: 'v' }] });
			expect(created.fields?.find(({ label }) => label === 'secret')?.type).toBe('CONCEALED');
		});

		contract('gets id, type and label from its purpose', { source: 'documented', basis: 'API reference: create an item' }, async () => {
			const { id } = await desk.create({
				fields: [
					{ purpose: 'USERNAME', value: 'ada' },
					{ purpose: 'PASSWORD', value: 'pass-word-1' },
					{ purpose: 'NOTES', value: 'note' },
				],
			});
			const item = await desk.read(id);
			expect(fieldOf(item, 'username')).toMatchObject({ type: 'STRING', purpose: 'USERNAME', label: 'username', value: 'ada' });
			expect(fieldOf(item, 'password')).toMatchObject({ type: 'CONCEALED', purpose: 'PASSWORD', label: 'password', value: 'pass-word-1' });
			expect(fieldOf(item, 'notesPlain')).toMatchObject({ type: 'STRING', purpose: 'NOTES', label: 'notesPlain', value: 'note' });
		});

		contract('of the template comes back though it is empty', { source: 'observed', basis: 'Kubernetes operator issue 249' }, async () => {
			const item = await desk.read((await desk.create()).id);
			for (const id of ['username', 'password', 'notesPlain']) expect(fieldOf(item, id)).not.toHaveProperty('value');
		});

		contract('shares no purpose with another one', { source: 'observed', basis: 'Python SDK issue 71' }, async () => {
			const fields = [{ purpose: 'PASSWORD', value: 'a' }, { purpose: 'PASSWORD', value: 'b' }];
			expect(await refusal({ fields })).toEqual({ status: 400, message: expect.stringContaining('too many "password" fields') });
		});

		contract('stands in its section', { source: 'documented', basis: 'OpenAPI FullItem' }, async () => {
			const sections = [{ id: 'Section_keys', label: 'Keys' }];
			const { id } = await desk.create({ sections, fields: [{ label: 'key', value: 'v', section: { id: 'Section_keys' } }] });
			const item = await desk.read(id);
			expect(item.sections).toContainEqual(sections[0]);
			expect(item.fields?.find(({ label }) => label === 'key')?.section?.id).toBe('Section_keys');
		});

		contract('is not of type TOTP', { source: 'observed', basis: '1Password/connect issue 26, in its words' }, async () => {
			const { status, message } = await refusal({ fields: [{ label: 'code', type: 'TOTP', value: 'JBSWY3DPEHPK3PXP' }] });
			expect({ status, message }).toEqual({ status: 400, message: expect.stringContaining('has unsupported field type: totp') });
		});

		contract('of type OTP shows the current code', { source: 'documented', basis: 'changelog 1.4.0' }, async () => {
			const value = 'otpauth://totp/Example:ada?secret=JBSWY3DPEHPK3PXP&issuer=Example';
			const item = await desk.read((await desk.create({ fields: [{ label: 'code', type: 'OTP', value }] })).id);
			const code = item.fields?.find(({ label }) => label === 'code');
			expect(code).toMatchObject({ type: 'OTP', value, totp: expect.stringMatching(/^\d{6}$/) });
		});

		contract('holds a DATE in Unix seconds', { source: 'observed', basis: 'Terraform provider issue 247' }, async () => {
			const item = await desk.read((await desk.create({ fields: [{ label: 'day', type: 'DATE', value: '1767268860' }] })).id);
			expect(item.fields?.find(({ label }) => label === 'day')?.value).toBe('1767268860');
		});

		contract('takes a DATE as YYYY-MM-DD, within a day of it', { source: 'documented', basis: 'changelog 1.5.2' }, async () => {
			const item = await desk.read((await desk.create({ fields: [{ label: 'day', type: 'DATE', value: '2026-01-01' }] })).id);
			const seconds = Number(item.fields?.find(({ label }) => label === 'day')?.value);
			expect(Math.abs(seconds - Date.UTC(2026, 0, 1) / 1_000)).toBeLessThanOrEqual(86_400);
		});

		contract('holds a MONTH_YEAR as YYYYMM', { source: 'observed', basis: 'Terraform provider' }, async () => {
			const item = await desk.read((await desk.create({ fields: [{ label: 'month', type: 'MONTH_YEAR', value: '2030/12' }] })).id);
			expect(item.fields?.find(({ label }) => label === 'month')?.value).toBe('203012');
		});

		for (const type of ['DATE', 'MONTH_YEAR']) {
			contract(`of type ${type} is no free text`, { source: 'documented', basis: 'changelog 1.5.2' }, async () => {
				expect((await refusal({ fields: [{ label: 'when', type, value: 'soon' }] })).status).toBe(400);
			});
		}
	});
}
