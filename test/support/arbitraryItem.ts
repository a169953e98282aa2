/**
 * Items of every shape for property tests: few labels and sections, so that they collide, and unknown types and properties.
 */

import fc from 'fast-check';

import type { Field, FullItem, ItemUrl, Section } from '../../nodes/shared/core/wire';

/** Names that collide, differ only in case, contain dots, or are special in JavaScript. */
export const NAMES = ['a', 'A', 'b', 'a.b', 'b.a', '', 'key', 'Key (1)', 'ü', 'u\u0308', '__proto__', 'constructor', '1', 'a (f0)'];

export const TYPES = ['STRING', 'CONCEALED', 'OTP', 'URL', 'EMAIL', 'DATE', 'MENU', 'PHONE', 'SSHKEY', 'PASSKEY', 'UNKNOWN', 'string'];

const SECTIONS: readonly Section[] = [{ id: 's0', label: 'a' }, { id: 's1', label: 'A' }, { id: 's2' }, { id: 's3', label: 'a.b' }];

const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });

function definedOnly<T extends object>(value: T): T {
	return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}

const field: fc.Arbitrary<Omit<Field, 'id'>> = fc
	.record({
		type: fc.constantFrom(...TYPES),
		label: optional(fc.constantFrom(...NAMES)),
		section: optional(fc.constantFrom(...SECTIONS)),
		value: optional(fc.string({ maxLength: 8 })),
		purpose: optional(fc.constantFrom('USERNAME', 'PASSWORD', 'NOTES', '')),
		totp: optional(fc.constant('123456')),
		unknownMember: optional(fc.dictionary(fc.string({ maxLength: 3 }), fc.string({ maxLength: 3 }), { maxKeys: 2 })),
	})
	.map(definedOnly);

const url: fc.Arbitrary<ItemUrl> = fc
	.record({
		label: optional(fc.constantFrom('website', 'x')),
		primary: optional(fc.constantFrom(true)),
		href: fc.constantFrom('https://a.example', 'https://b.example', 'https://c.example'),
	})
	.map(definedOnly);

/** Field ids are `f0`, `f1`, …: Connect has none twice in an item. */
export const arbitraryItem: fc.Arbitrary<FullItem> = fc
	.record({
		title: optional(fc.string({ maxLength: 8 })),
		favorite: optional(fc.boolean()),
		tags: optional(fc.uniqueArray(fc.constantFrom('x', 'y', 'z', 'X'))),
		urls: optional(fc.uniqueArray(url, { selector: ({ href }) => href })),
		fields: optional(fc.array(field, { maxLength: 7 })),
		version: fc.integer({ min: 1, max: 9 }),
		unknownMember: optional(fc.constant([{ deep: true }])),
	})
	.map(({ fields, ...rest }) =>
		definedOnly({
			id: 'i'.repeat(26),
			vault: { id: 'v'.repeat(26) },
			category: 'LOGIN',
			sections: SECTIONS,
			...rest,
			fields: fields?.map((member, index) => ({ id: `f${index}`, ...member })),
		}),
	);
