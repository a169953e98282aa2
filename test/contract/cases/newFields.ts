import { describe, expect } from '@jest/globals';

import type { ErrorResponse, Field, FullItem, ItemDraft } from '../../../nodes/shared/core/wire';
import { contract } from '../evidence';
import type { Desk } from '../running/desk';
import { fieldOf } from '../running/desk';

type FieldDraft = NonNullable<ItemDraft['fields']>[number];

const KEY_URI = 'otpauth://totp/Example:ada?secret=JBSWY3DPEHPK3PXP&issuer=Example';

export function newFields(desk: Desk): void {
	/** A new item with these fields, as reads show it. */
	const itemWith = async (...fields: FieldDraft[]): Promise<FullItem> => await desk.read((await desk.create({ fields })).id);
	/** The field in it, found by its label. */
	const made = async (field: FieldDraft): Promise<Field | undefined> => (await itemWith(field)).fields?.find(({ label }) => label === field.label);
	const refusal = async (...fields: FieldDraft[]) => {
		const { status, body } = await desk.tryToCreate<ErrorResponse>({ fields });
		return { status, message: body.message };
	};

	describe('a field of a new item', () => {
		contract('is a STRING without a type, and gets an id', { source: 'documented', basis: 'OpenAPI default' }, async () => {
			expect(await made({ label: 'plain', value: 'v' })).toMatchObject({ type: 'STRING', id: expect.stringMatching(/./) });
		});

		contract('may name its type in lower case', { source: 'observed', basis: 'examples of the OpenAPI file' }, async () => {
			expect((await made({ label: 'secret', type: 'concealed', value: 'v' }))?.type).toBe('CONCEALED');
		});

		contract('gets id, type and label from its purpose', { source: 'documented', basis: 'API reference: create an item' }, async () => {
			const purposes = ['USERNAME', 'PASSWORD', 'NOTES'];
			const item = await itemWith(...purposes.map((purpose) => ({ purpose, value: `a ${purpose}` })));
			const found = ['username', 'password', 'notesPlain'].map((id) => fieldOf(item, id));
			expect(found.map((field) => field?.label)).toEqual(['username', 'password', 'notesPlain']);
			expect(found.map((field) => field?.type)).toEqual(['STRING', 'CONCEALED', 'STRING']);
			expect(found.map((field) => field?.purpose)).toEqual(purposes);
			expect(found.map((field) => field?.value)).toEqual(purposes.map((purpose) => `a ${purpose}`));
		});

		contract('of the template comes back though it is empty', { source: 'observed', basis: 'Kubernetes operator issue 249' }, async () => {
			const item = await itemWith();
			for (const id of ['username', 'password', 'notesPlain']) {
				expect(fieldOf(item, id)).toBeDefined();
				expect(fieldOf(item, id)).not.toHaveProperty('value');
			}
		});

		contract('shares no purpose with another one', { source: 'observed', basis: 'Python SDK issue 71' }, async () => {
			const message = expect.stringContaining('too many "password" fields');
			const twice = await refusal({ purpose: 'PASSWORD', value: 'a' }, { purpose: 'PASSWORD', value: 'b' });
			expect(twice).toEqual({ status: 400, message });
		});

		contract('stands in its section', { source: 'documented', basis: 'OpenAPI FullItem' }, async () => {
			const section = { id: 'Section_keys', label: 'Keys' };
			const fields = [{ label: 'key', value: 'v', section: { id: section.id } }];
			const item = await desk.read((await desk.create({ sections: [section], fields })).id);
			expect(item.sections).toContainEqual(section);
			expect(item.fields?.find(({ label }) => label === 'key')?.section?.id).toBe(section.id);
		});

		contract('is not of type TOTP', { source: 'observed', basis: '1Password/connect issue 26, in its words' }, async () => {
			const message = expect.stringContaining('has unsupported field type: totp');
			expect(await refusal({ label: 'code', type: 'TOTP', value: KEY_URI })).toEqual({ status: 400, message });
		});

		contract('of type OTP shows the current code', { source: 'documented', basis: 'changelog 1.4.0' }, async () => {
			const code = await made({ label: 'code', type: 'OTP', value: KEY_URI });
			expect(code).toMatchObject({ type: 'OTP', value: KEY_URI, totp: expect.stringMatching(/^\d{6}$/) });
		});

		contract('holds a DATE in Unix seconds', { source: 'observed', basis: 'Terraform provider issue 247' }, async () => {
			expect((await made({ label: 'day', type: 'DATE', value: '1767268860' }))?.value).toBe('1767268860');
		});

		contract('takes a DATE as YYYY-MM-DD, within a day of it', { source: 'documented', basis: 'changelog 1.5.2' }, async () => {
			const seconds = Number((await made({ label: 'day', type: 'DATE', value: '2026-01-01' }))?.value);
			expect(Math.abs(seconds - Date.UTC(2026, 0, 1) / 1_000)).toBeLessThanOrEqual(86_400);
		});

		contract('holds a MONTH_YEAR as YYYYMM', { source: 'observed', basis: 'Terraform provider' }, async () => {
			expect((await made({ label: 'month', type: 'MONTH_YEAR', value: '2030/12' }))?.value).toBe('203012');
		});

		for (const type of ['DATE', 'MONTH_YEAR']) {
			contract(`of type ${type} is no free text`, { source: 'documented', basis: 'changelog 1.5.2' }, async () => {
				expect((await refusal({ label: 'when', type, value: 'soon' })).status).toBe(400);
			});
		}
	});
}
