import type { FakeValues } from './fakeValues';
import { fakeValues } from './fakeValues';
import { CATEGORIES } from './items/template';
import type { SeedField, SeedFile, SeedItem } from './seed';

export interface EveryCategoryOptions {
	/** In [0, 1). Default `seededRandom(1)`. */
	readonly random?: () => number;
	/** Size of each item's file, bytes. Default 64. */
	readonly fileBytes?: number;
}

/**
 * One item for each of the 22 categories, each with everything that an item can contain: sections, urls, tags, a file, every
 * field type, and fields that Connect's interface cannot describe. For proving that an update of one field leaves every
 * other byte alone.
 */
export function itemOfEveryCategory(options: EveryCategoryOptions = {}): SeedItem[] {
	const fake = fakeValues(options.random);
	return [...CATEGORIES].map((category) => ({
		title: `Everything in ${category}`,
		category,
		favorite: true,
		tags: ['alpha', 'Beta', 'team/ops'],
		urls: [{ label: 'website', primary: true, href: 'https://example.com/sign-in' }, { href: 'https://example.org' }],
		sections: [{ id: 'add more' }, { id: 'Section_contact', label: 'Contact' }, { id: 'linked items', label: 'Related Items' }],
		fields: [...builtInFields(category, fake), ...writableFields(fake), ...foreignFields(fake)],
		files: [fileOf(category, fake, options.fileBytes ?? 64)],
	}));
}

function builtInFields(category: string, fake: FakeValues): SeedField[] {
	const notes: SeedField = { purpose: 'NOTES', value: 'First line\nsecond line, with “quotes” and 🔑' };
	const password: SeedField = { purpose: 'PASSWORD', value: fake.secret() };
	if (category === 'LOGIN') return [{ purpose: 'USERNAME', value: 'ada@example.com' }, password, notes];
	return category === 'PASSWORD' ? [password, notes] : [notes];
}

function writableFields(fake: FakeValues): SeedField[] {
	const section = { id: 'add more' };
	return [
		{ id: 'plainText', section, type: 'STRING', label: 'text', value: '  spaces around, tab\t and a trailing newline\n' },
		{ id: 'mail', section, type: 'EMAIL', label: 'e-mail', value: 'ada@example.com' },
		{ id: 'secret', section, type: 'CONCEALED', label: 'secret', value: fake.secret() },
		{ id: 'link', section, type: 'URL', label: 'link', value: 'https://example.com/?a=1&b=%20#c' },
		{ id: 'TOTP_seed', section, type: 'OTP', label: 'one-time password', value: fake.otpauth('ada') },
		{ id: 'day', section, type: 'DATE', label: 'valid from', value: '1767268860' },
		{ id: 'month', section, type: 'MONTH_YEAR', label: 'expires', value: '203012' },
		{ id: 'choice', section, type: 'MENU', label: 'type', value: 'mysql' },
		{ id: 'emptyText', section, type: 'STRING', label: 'empty' },
		{ id: 'unlabelled', section, type: 'STRING', value: 'no label' },
	];
}

function foreignFields(fake: FakeValues): SeedField[] {
	const section = { id: 'Section_contact' };
	return [
		{ id: 'home', section, type: 'ADDRESS', label: 'address', value: '1 Example Street, Springfield, 00000, us' },
		{ id: 'mobile', section, type: 'PHONE', label: 'phone', value: '+1 555 0100' },
		{ id: 'gender', section, type: 'GENDER', label: 'gender', value: 'female' },
		{ id: 'cardType', section, type: 'CREDIT_CARD_TYPE', label: 'type', value: 'visa' },
		{ id: 'cardNumber', section, type: 'CREDIT_CARD_NUMBER', label: 'number', value: '0000 0000 0000 0000' },
		{ id: 'attachment', section, type: 'FILE', label: 'attachment', value: 'readme.txt' },
		{ id: 'mystery', section, type: 'UNKNOWN', label: 'mystery', value: '?' },
		{ id: 'related', section: { id: 'linked items' }, type: 'REFERENCE', label: 'Related item', value: 'a'.repeat(26) },
		{
			id: 'private_key',
			type: 'SSHKEY',
			label: 'private key',
			value: fake.privateKey(),
			sshKeyAttributes: { publicKey: 'ssh-ed25519 FAKE', fingerprint: 'SHA256:fake', keyType: 'ed25519' },
		},
		{
			id: 'passkey',
			type: 'PASSKEY',
			label: 'passkey',
			passkey: { credentialId: fake.secret(), rpId: 'example.com', counter: 0, flags: [], userHandle: null },
		},
	];
}

function fileOf(category: string, fake: FakeValues, bytes: number): SeedFile {
	return { name: `${category.toLowerCase()}.txt`, content: fake.text(bytes), section: { id: 'add more' } };
}
