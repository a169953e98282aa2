import type { Behaviour } from '../behaviour';
import type { Clock } from '../clock';
import { timestamp } from './timestamp';
import type { ItemRecord, VaultRecord } from './records';
import { isActive } from './records';
import type { Horizon, Moment } from './timeline';
import { Timeline, TRUTH } from './timeline';
import type { Shelf } from './view';
import { View } from './view';

export interface PlantedVault {
	readonly vault: VaultRecord;
	readonly items: readonly ItemRecord[];
}

/**
 * 1Password.com's copy, with as much of its past as the slowest replica still shows. Knows nothing of HTTP, tokens, or
 * what makes an item valid.
 */
export class Store {
	private shelves = new Map<string, Shelf>();
	private last: Moment = { atMs: -Infinity, sequence: 0 };
	private settled = 0;
	private outageSinceMs: number | undefined;
	private deletions = 0;

	constructor(
		private readonly clock: Clock,
		private readonly behaviour: Behaviour,
	) {}

	/** Starts over with these, which every replica has immediately. */
	plant(planted: readonly PlantedVault[]): void {
		this.shelves = new Map();
		this.outageSinceMs = undefined;
		const moment = this.nextMoment();
		for (const { vault, items } of planted) {
			const shelf: Shelf = { vault: new Timeline(), items: new Map() };
			shelf.vault.push(moment, vault, TRUTH);
			for (const item of items) {
				const timeline = new Timeline<ItemRecord>();
				timeline.push(moment, item, TRUTH);
				shelf.items.set(item.id, timeline);
			}
			this.shelves.set(vault.id, shelf);
		}
		this.settle();
	}

	truth(): View {
		return new View(this.shelves, TRUTH);
	}

	/** As the replica with that number sees it now. */
	replica(index: number): View {
		return new View(this.shelves, this.horizon(this.behaviour.replicas[index]?.readLagMs ?? 0));
	}

	/** Takes the new state of an item, or of its end, and moves the vault along with it. */
	commitItem(vaultId: string, itemId: string, item: ItemRecord | undefined): void {
		const shelf = this.shelves.get(vaultId);
		const vault = shelf?.vault.at(TRUTH);
		if (!shelf || !vault) throw new Error(`There is no vault ${vaultId} to write to`);
		const timeline = shelf.items.get(itemId) ?? new Timeline<ItemRecord>();
		const before = timeline.at(TRUTH);
		const moment = this.nextMoment();
		shelf.items.set(itemId, timeline);
		timeline.push(moment, item, this.everyone());
		shelf.vault.push(
			moment,
			{
				...vault,
				contentVersion: vault.contentVersion + this.behaviour.contentVersionStep,
				items: vault.items + Number(isActive(item)) - Number(isActive(before)),
				updatedAt: timestamp(moment.atMs, this.behaviour),
			},
			this.everyone(),
		);
		this.forgetDeleted(shelf, item === undefined);
	}

	/** Adds a vault, changes what is said of it, or ends it with all its items. */
	commitVault(vaultId: string, vault: VaultRecord | undefined): void {
		const shelf = this.shelves.get(vaultId) ?? { vault: new Timeline<VaultRecord>(), items: new Map() };
		this.shelves.set(vaultId, shelf);
		const moment = this.nextMoment();
		shelf.vault.push(moment, vault, this.everyone());
		if (vault !== undefined) return;
		for (const timeline of shelf.items.values()) timeline.push(moment, undefined, this.everyone());
	}

	settle(): void {
		this.settled = this.last.sequence;
	}

	get outage(): boolean {
		return this.outageSinceMs !== undefined;
	}

	/** During an outage, replicas get nothing new. */
	set outage(on: boolean) {
		this.outageSinceMs = on ? (this.outageSinceMs ?? this.clock.now()) : undefined;
	}

	private horizon(lagMs: number): Horizon {
		return { timeMs: (this.outageSinceMs ?? this.clock.now()) - lagMs, sequence: this.settled };
	}

	private everyone(): Horizon {
		return this.horizon(Math.max(0, ...this.behaviour.replicas.map(({ readLagMs }) => readLagMs)));
	}

	// A clock that jumps back must not make a later commit visible before an earlier one.
	private nextMoment(): Moment {
		this.last = { atMs: Math.max(this.last.atMs, this.clock.now()), sequence: this.last.sequence + 1 };
		return this.last;
	}

	// Sweeping at every deletion would make emptying a large vault quadratic.
	private forgetDeleted(shelf: Shelf, deleted: boolean): void {
		if (!deleted || ++this.deletions % 1_000 !== 0) return;
		const everyone = this.everyone();
		for (const [itemId, timeline] of shelf.items) if (timeline.isOver(everyone)) shelf.items.delete(itemId);
	}
}
