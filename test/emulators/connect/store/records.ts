import type { Field, ItemUrl, Section, Vault } from '../../../../nodes/shared/core/wire';

/**
 * What the store holds. Records are immutable: a write creates a new one that shares everything unchanged, so history and
 * lagging replicas only cost the differences.
 */
export interface ItemRecord extends ItemContents {
	readonly id: string;
	readonly vaultId: string;
	readonly version: number;
	readonly state?: string;
	readonly createdAt: string;
	readonly updatedAt: string;
	/** Milliseconds since 1970; `updatedAt` may be cut to whole seconds. */
	readonly writtenAtMs: number;
	readonly lastEditedBy: string;
}

/** The part of an item that a person or a client writes. */
export interface ItemContents {
	readonly title: string;
	readonly category: string;
	readonly urls: readonly ItemUrl[];
	readonly favorite: boolean;
	readonly tags: readonly string[];
	readonly sections: readonly Section[];
	readonly fields: readonly StoredField[];
	readonly files: readonly StoredFile[];
	/** Members that Connect's item does not have. */
	readonly unknownMembers: Readonly<Record<string, unknown>>;
}

/** May have members that Connect does not know. */
export type StoredField = Field & Readonly<Record<string, unknown>>;

export interface StoredFile {
	readonly id: string;
	readonly name: string;
	readonly content: Buffer;
	readonly section?: Section;
	readonly createdAtMs: number;
}

export type VaultRecord = Vault & Required<Pick<Vault, 'attributeVersion' | 'contentVersion' | 'items' | 'updatedAt'>>;

export function isActive(item: ItemRecord | undefined): boolean {
	return item !== undefined && ['', 'ACTIVE'].includes(item.state ?? '');
}
