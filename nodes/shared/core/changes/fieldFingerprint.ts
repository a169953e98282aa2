/**
 * Remembers what an item held without holding it: a keyed code (HMAC-SHA-256, cut to 48 bits) for each field. The key comes
 * from the access token, so that a copy of the codes tells nothing about a value, not even by trying them all; the ids
 * of the item go into each code, so that equal values of two items look different.
 */

import { createHmac } from 'node:crypto';

import { fieldsOfOneId } from '../fields/fieldIdentity';
import { sectionLabel } from '../fields/fieldName';
import type { Field, FullItem } from '../wire';

export const ATTRIBUTES = ['title', 'tags', 'urls', 'favorite', 'files'] as const;

export type Attribute = (typeof ATTRIBUTES)[number];

/** `section` is a label; `sectionId` stands there only where the id of the field is not unique in the item, and may be empty. */
export type FieldFingerprint = readonly [id: string, label: string, section: string, code: string, sectionId?: string];

export interface ItemFingerprint {
	/** Version of the item that the codes were made from. */
	readonly version: number;
	/** In the order of `ATTRIBUTES`. */
	readonly attributes: readonly string[];
	readonly fields: readonly FieldFingerprint[];
}

const PURPOSE = 'n8n-nodes-1password-connect field fingerprint 1';
const CODE_BYTES = 6;

/** @returns the key for the codes; another token gives another key, and codes of two keys can't be compared. */
export function fingerprintKey(accessToken: string): Buffer {
	return createHmac('sha256', accessToken).update(PURPOSE).digest();
}

/** @returns a text that is the same for the same key and gives nothing of it away. */
export function nameKey(key: Buffer): string {
	return code(key, ['key']);
}

export function fingerprintItem(item: FullItem, key: Buffer): ItemFingerprint {
	const salt = [item.vault.id, item.id];
	return {
		version: item.version ?? 0,
		attributes: ATTRIBUTES.map((name) => code(key, [...salt, name, contentOf(item, name)])),
		fields: (item.fields ?? []).map((field) => {
			const { id, label = '' } = field;
			const section = sectionLabel(item, field) ?? '';
			const fingerprint = [id, label, section, code(key, [...salt, 'field', ...fieldContent(field, section)])] as const;
			return id !== '' && fieldsOfOneId(item, field).length > 1 ? [...fingerprint, field.section?.id ?? ''] : fingerprint;
		}),
	};
}

/** The current one-time password changes by itself and is left out. The type as it came: codes that are stored must stay good. */
function fieldContent({ id, type, purpose = '', label = '', value = '' }: Field, section: string): unknown[] {
	return [id, type, purpose, label, section, value];
}

function contentOf(item: FullItem, attribute: Attribute): unknown {
	switch (attribute) {
		case 'files':
			return (item.files ?? []).map(({ id, name, size }) => [id, name, size]);
		case 'favorite':
			return item.favorite ?? false;
		default:
			return item[attribute] ?? [];
	}
}

function code(key: Buffer, content: readonly unknown[]): string {
	const digest = createHmac('sha256', key).update(JSON.stringify(content)).digest();
	return digest.subarray(0, CODE_BYTES).toString('base64');
}
