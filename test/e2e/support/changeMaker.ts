import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom, type ConnectEmulator } from '../../emulators/connect';

/** One change of an item as it was made in 1Password. */
export interface MadeChange {
	readonly kind: 'created' | 'updated' | 'deleted';
	readonly itemId: string;
	/** That it led to; of a deletion the last one. */
	readonly version: number;
}

export interface ChangeMakerOptions {
	readonly emulator: ConnectEmulator;
	readonly vaults: readonly string[];
	readonly seed: number;
	/** Every secret value begins with this. */
	readonly mark: string;
}

interface LiveItem {
	readonly vault: string;
	readonly id: string;
	version: number;
}

/**
 * Changes items at random, in the same way for the same seed. No poller could see an item that is created and deleted
 * between two polls, or a change followed by a deletion before a poll. Therefore only items that were reported are deleted.
 */
export class ChangeMaker {
	readonly made: MadeChange[] = [];

	private readonly random: () => number;
	private readonly live: LiveItem[] = [];
	private values = 0;

	constructor(private readonly options: ChangeMakerOptions) {
		this.random = seededRandom(options.seed);
		for (const vault of options.vaults) {
			for (const { id, version } of options.emulator.admin.items(vault)) this.live.push({ vault, id, version: version ?? 1 });
		}
	}

	/** @param isTold whether everything that happened to an item up to this version is known to have been reported. */
	makeOne(isTold: (itemId: string, version: number) => boolean): void {
		const dice = this.random();
		if (dice < 0.25) return this.create();
		if (dice < 0.4) {
			const told = this.live.filter(({ id, version }) => isTold(id, version));
			// Some must stay, so that there is something to update.
			if (told.length > 0 && this.live.length > 5) return this.delete(this.pick(told));
		}
		this.update(this.pick(this.live));
	}

	/** As many changes, with pauses of up to `pauseMs` between them. */
	async make(count: number, pauseMs: number, isTold: Parameters<ChangeMaker['makeOne']>[0]): Promise<void> {
		for (let made = 0; made < count; made++) {
			this.makeOne(isTold);
			await delay(this.random() * pauseMs);
		}
	}

	private create(): void {
		const vault = this.pick(this.options.vaults);
		const number = this.made.length + 1;
		const { id } = this.options.emulator.admin.createItem(vault, {
			title: `Item ${number}`,
			category: 'LOGIN',
			fields: [
				{ purpose: 'USERNAME', value: `user-${number}` },
				{ purpose: 'PASSWORD', value: this.secret() },
				{ id: 'token', label: 'token', type: 'CONCEALED', value: this.secret() },
			],
		});
		this.live.push({ vault, id, version: 1 });
		this.made.push({ kind: 'created', itemId: id, version: 1 });
	}

	private update(item: LiveItem): void {
		const edited = this.options.emulator.admin.editItem(item.vault, item.id, (draft) => {
			const field = draft.fields.find(({ id }) => id === (this.random() < 0.5 ? 'password' : 'token'));
			if (field) field.value = this.secret();
			else draft.title = `${draft.title} again`;
		});
		item.version = edited.version ?? 0;
		this.made.push({ kind: 'updated', itemId: item.id, version: item.version });
	}

	private delete(item: LiveItem): void {
		this.options.emulator.admin.deleteItem(item.vault, item.id);
		this.live.splice(this.live.indexOf(item), 1);
		this.made.push({ kind: 'deleted', itemId: item.id, version: item.version });
	}

	private secret(): string {
		this.values += 1;
		return `${this.options.mark}${this.values}-${Math.floor(this.random() * 1e9)}`;
	}

	private pick<T>(from: readonly T[]): T {
		return from[Math.floor(this.random() * from.length)] as T;
	}
}
