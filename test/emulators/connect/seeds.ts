import type { FakeValues } from './fakeValues';
import { fakeValues } from './fakeValues';
import { CATEGORIES } from './items/template';
import type { Seed, SeedItem } from './seed';

/** A small company's vaults. All values are made from `random`, which defaults to `seededRandom(1)`. */
export function exampleSeed(random?: () => number): Seed {
	const fake = fakeValues(random);
	const production = [...productionSecrets(fake), ...productionMaterial(fake)];
	const staging = stagingItems(fake);
	const databases = databaseItems(fake);
	return {
		vaults: [
			{ name: 'Production', description: 'Keys that customers depend on', items: production },
			{ name: 'Staging', items: [...staging, ...oneOfEachOther([...production, ...staging, ...databases], fake)] },
			{ name: 'Databases', description: 'Owned by the platform team', items: databases },
		],
	};
}

function productionSecrets(fake: FakeValues): SeedItem[] {
	return [
		{
			title: 'Payments API',
			category: 'API_CREDENTIAL',
			tags: ['payments', 'rotate/monthly'],
			urls: [{ label: 'dashboard', primary: true, href: 'https://payments.example.com' }],
			fields: [
				{ id: 'username', label: 'username', value: 'payments-service' },
				{ id: 'credential', type: 'CONCEALED', label: 'credential', value: fake.secret() },
				{ id: 'keyid', label: 'key id', value: 'fake-key-0001' },
				{ id: 'validFrom', type: 'DATE', label: 'valid from', value: '1767268860' },
			],
		},
		{
			title: 'Admin console',
			category: 'LOGIN',
			favorite: true,
			urls: [{ primary: true, href: 'https://admin.example.com' }],
			fields: [
				{ purpose: 'USERNAME', value: 'ada@example.com' },
				{ purpose: 'PASSWORD', value: fake.secret() },
				{ id: 'TOTP_admin', type: 'OTP', label: 'one-time password', value: fake.otpauth('ada') },
			],
		},
	];
}

function productionMaterial(fake: FakeValues): SeedItem[] {
	return [
		{
			title: 'web-1.example.com',
			category: 'SERVER',
			fields: [
				{ id: 'url', label: 'URL', value: 'ssh://web-1.example.com' },
				{ id: 'username', label: 'username', value: 'deploy' },
				{ id: 'password', type: 'CONCEALED', label: 'password', value: fake.secret() },
			],
		},
		{
			title: 'Deploy key',
			category: 'SSH_KEY',
			fields: [{ id: 'private_key', type: 'SSHKEY', label: 'private key', value: fake.privateKey() }],
		},
		{ title: 'Runbook', category: 'SECURE_NOTE', fields: [{ purpose: 'NOTES', value: 'Call the person on duty first.' }] },
		{
			title: 'TLS certificate',
			category: 'DOCUMENT',
			tags: ['tls'],
			files: [{ name: 'web-1.pem', content: fake.privateKey() }],
		},
	];
}

function stagingItems(fake: FakeValues): SeedItem[] {
	const webhook = (title: string): SeedItem => ({
		title,
		category: 'PASSWORD',
		fields: [{ purpose: 'PASSWORD', value: fake.secret() }],
	});
	return [
		webhook('Webhook'),
		webhook('Webhook'),
		{
			title: 'Twin labels',
			category: 'LOGIN',
			fields: [
				{ purpose: 'USERNAME', value: 'grace@example.com' },
				{ id: 'firstToken', type: 'CONCEALED', label: 'token', value: fake.secret() },
				{ id: 'secondToken', type: 'CONCEALED', label: 'token', value: fake.secret() },
			],
		},
		{
			title: 'Odd names: a.b/c "quoted" 🚀',
			category: 'API_CREDENTIAL',
			sections: [{ id: 'Section_odd', label: 'v1.2 / beta' }],
			fields: [
				{ id: 'dotted', section: { id: 'Section_odd' }, label: 'api.key', type: 'CONCEALED', value: fake.secret() },
				{ id: 'slashed', section: { id: 'Section_odd' }, label: 'client/secret', type: 'CONCEALED', value: fake.secret() },
				{ id: 'rocket', section: { id: 'Section_odd' }, label: '🚀 key', type: 'CONCEALED', value: fake.secret() },
			],
		},
		{ ...webhook('Old webhook'), state: 'ARCHIVED' },
	];
}

function databaseItems(fake: FakeValues): SeedItem[] {
	const user = (section: string, name: string) => [
		{ id: `${section}_user`, section: { id: section }, label: 'username', value: name },
		{ id: `${section}_pass`, section: { id: section }, type: 'CONCEALED', label: 'password', value: fake.secret() },
	];
	return [
		{
			title: 'orders-db',
			category: 'DATABASE',
			tags: ['postgres'],
			sections: [
				{ id: 'owner', label: 'Owner' },
				{ id: 'reader', label: 'Read only' },
			],
			fields: [
				{ id: 'database_type', type: 'MENU', label: 'type', value: 'postgresql' },
				{ id: 'hostname', label: 'server', value: 'orders.db.example.com' },
				{ id: 'port', label: 'port', value: '5432' },
				...user('owner', 'orders_owner'),
				...user('reader', 'orders_reader'),
			],
		},
	];
}

function oneOfEachOther(items: readonly SeedItem[], fake: FakeValues): SeedItem[] {
	const seen = new Set(items.map(({ category }) => category));
	return [...CATEGORIES]
		.filter((category) => category !== 'CUSTOM' && !seen.has(category))
		.map((category) => ({
			title: `Sample ${category.toLowerCase().replace(/_/g, ' ')}`,
			category,
			tags: ['sample'],
			fields: [{ id: 'number', type: 'CONCEALED', label: 'number', value: fake.secret() }],
		}));
}
