/** What the bench's server holds: five vaults of a hundred items, each with the fields that a key usually comes with. */

import type { Seed, SeedItem } from '../../test/emulators/connect';

const VAULTS = ['Production', 'Staging', 'Databases', 'Payments', 'Support'];
const ITEMS_PER_VAULT = 100;

/** Id and label of the field that the benches read and change. */
export const SECRET_FIELD = 'credential';

export function secretOf(title: string): string {
	return `secret of ${title}`;
}

/** Every field of an item, by label and section. */
export const REFERENCED_FIELDS = [
	{ field: 'username' },
	{ field: SECRET_FIELD },
	{ field: 'hostname' },
	{ field: 'previous', section: 'Rotation' },
	{ field: 'owner', section: 'Rotation' },
] as const;

/** What a field of an item holds: no two hold the same. */
export function valueOf(title: string, field: string): string {
	return field === SECRET_FIELD ? secretOf(title) : `${field} of ${title}`;
}

export function benchSeed(): Seed {
	return {
		vaults: VAULTS.map((name) => ({
			name,
			items: Array.from({ length: ITEMS_PER_VAULT }, (_, index) => seedItem(`${name} service ${index + 1}`)),
		})),
	};
}

function seedItem(title: string): SeedItem {
	const section = { id: 'rotation', label: 'Rotation' };
	return {
		title,
		category: 'API_CREDENTIAL',
		tags: ['bench', 'rotate/monthly'],
		urls: [{ label: 'dashboard', primary: true, href: 'https://service.example.com' }],
		sections: [section],
		fields: [
			{ id: 'username', label: 'username', value: valueOf(title, 'username') },
			{ id: SECRET_FIELD, type: 'CONCEALED', label: SECRET_FIELD, value: secretOf(title) },
			{ id: 'hostname', label: 'hostname', value: valueOf(title, 'hostname') },
			{ id: 'previous', type: 'CONCEALED', label: 'previous', value: valueOf(title, 'previous'), section },
			{ id: 'owner', label: 'owner', value: valueOf(title, 'owner'), section },
		],
	};
}
