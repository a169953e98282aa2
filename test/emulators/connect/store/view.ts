import type { ItemRecord, VaultRecord } from './records';
import type { Horizon, Timeline } from './timeline';

export interface Shelf {
	readonly vault: Timeline<VaultRecord>;
	readonly items: Map<string, Timeline<ItemRecord>>;
}

/** The store as seen by a reader who can't see beyond the horizon. */
export class View {
	constructor(
		private readonly shelves: ReadonlyMap<string, Shelf>,
		private readonly horizon: Horizon,
	) {}

	vaults(): VaultRecord[] {
		const vaults: VaultRecord[] = [];
		for (const shelf of this.shelves.values()) {
			const vault = shelf.vault.at(this.horizon);
			if (vault) vaults.push(vault);
		}
		return vaults;
	}

	vault(vaultId: string): VaultRecord | undefined {
		return this.shelves.get(vaultId)?.vault.at(this.horizon);
	}

	/** In order of creation, archived ones too. */
	items(vaultId: string): ItemRecord[] {
		const items: ItemRecord[] = [];
		for (const timeline of this.shelves.get(vaultId)?.items.values() ?? []) {
			const item = timeline.at(this.horizon);
			if (item) items.push(item);
		}
		return items;
	}

	item(vaultId: string, itemId: string): ItemRecord | undefined {
		return this.shelves.get(vaultId)?.items.get(itemId)?.at(this.horizon);
	}
}
