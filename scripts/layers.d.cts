import type { Linter } from 'eslint';

export interface Layer {
	readonly name: string;
	/** Below the root; a `*` at its end stands for the rest of a name. */
	readonly folder: string;
	/** Names of the layers below. */
	readonly imports: readonly string[];
	readonly packages: readonly string[];
	/** Packages, and files without extension, of which only types may be imported. */
	readonly types: readonly string[];
	readonly why: string;
}

export const LAYERS: readonly Layer[];

/** The laws as far as the text of an import shows them. */
export const eslintOverrides: readonly Linter.ConfigOverride[];
