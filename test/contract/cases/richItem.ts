import type { FullItem, ItemDraft } from '../../../nodes/shared/core/wire';

const SECTION = { id: 'Section_all' };

/** The field that tests change. */
export const CHANGED_FIELD = 'changed';

/** Everything that Connect documents as writable, with values that are easily changed in transit. */
export const RICH_ITEM: Partial<ItemDraft> = {
	tags: ['alpha', 'team/ops'],
	urls: [{ label: 'website', primary: true, href: 'https://example.com/sign-in' }, { href: 'https://example.org' }],
	sections: [{ ...SECTION, label: 'Everything' }],
	fields: [
		{ purpose: 'USERNAME', value: 'ada@example.com' },
		{ purpose: 'PASSWORD', value: 'correct horse "battery" staple' },
		{ purpose: 'NOTES', value: 'First line\nsecond line, with “quotes” and 🔑' },
		{ id: CHANGED_FIELD, section: SECTION, type: 'CONCEALED', label: 'changed', value: 'before' },
		{ id: 'plainText', section: SECTION, type: 'STRING', label: 'text', value: '  blanks, a tab\t, \\ and "quotes"  ' },
		{ id: 'mail', section: SECTION, type: 'EMAIL', label: 'e-mail', value: 'ada@example.com' },
		{ id: 'link', section: SECTION, type: 'URL', label: 'link', value: 'https://example.com/?a=1&b=%20#c' },
		{ id: 'TOTP_seed', section: SECTION, type: 'OTP', label: 'code', value: 'otpauth://totp/ada?secret=JBSWY3DPEHPK3PXP' },
		{ id: 'day', section: SECTION, type: 'DATE', label: 'valid from', value: '1767268860' },
		{ id: 'month', section: SECTION, type: 'MONTH_YEAR', label: 'expires', value: '203012' },
		{ id: 'twin1', section: SECTION, type: 'CONCEALED', label: 'twin', value: 'one' },
		{ id: 'twin2', section: SECTION, type: 'CONCEALED', label: 'twin', value: 'two' },
	],
};

/** What must stay the same, byte for byte, when only the field with that ID changes. Codes change over time. */
export function everythingBut(fieldId: string, item: FullItem): string {
	const { version: _version, updatedAt: _updatedAt, lastEditedBy: _lastEditedBy, fields = [], ...rest } = item;
	const others = fields.filter(({ id }) => id !== fieldId).map(({ totp: _totp, ...field }) => field);
	return JSON.stringify({ ...rest, fields: others });
}
