import type { Field, FullItem, Section, Vault } from '../../../nodes/shared/core/wire';

/** The server's data when it starts, and again after `reset()`. */
export interface Seed {
	readonly vaults: readonly SeedVault[];
}

export interface SeedVault extends Partial<Pick<Vault, 'id' | 'description' | 'type' | 'createdAt' | 'updatedAt'>> {
	readonly name: string;
	readonly items?: readonly SeedItem[];
}

/** Like a full item, but ids, times, version and category (LOGIN) may be left out. Other properties are kept unchanged. */
export interface SeedItem extends Partial<Omit<FullItem, 'vault' | 'fields' | 'files'>> {
	readonly fields?: readonly SeedField[];
	readonly files?: readonly SeedFile[];
	readonly [member: string]: unknown;
}

/** A field of any type; no check is made, and members that Connect does not know stay in it untouched. */
export type SeedField = Partial<Field> & { readonly [member: string]: unknown };

export interface SeedFile {
	readonly id?: string;
	readonly name: string;
	/** Text is stored as UTF-8. May be left out only when editing: the file of that id keeps its content. */
	readonly content?: string | Uint8Array;
	readonly section?: Section;
}
