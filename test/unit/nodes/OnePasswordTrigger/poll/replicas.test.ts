import { expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { ChangeEvent } from '../../../../../nodes/OnePasswordTrigger/events/changeEvent';
import type { Admin } from '../../../../emulators/connect';
import { openWatcher } from './pollScene';

type Kind = 'archive' | 'create' | 'delete' | 'edit' | 'other client' | 'poll' | 'restore' | 'wait';

interface Step {
	readonly kind: Kind;
	/** Which vault and item, as far as there are so many. */
	readonly vault: number;
	readonly item: number;
}

interface Past {
	/** Whether it was there when watching began. */
	readonly isOld: boolean;
	readonly active: Set<number>;
	readonly archived: Set<number>;
	isDeleted: boolean;
}

const VAULTS = ['Production', 'Staging'];
const MINUTE = 60_000;

const KINDS: readonly Kind[] = [
	...(['archive', 'create', 'delete', 'edit', 'restore', 'wait'] as const),
	...(['create', 'edit', 'other client', 'poll', 'poll', 'poll', 'poll'] as const),
];

const steps = fc.array(
	fc.record<Step>({
		kind: fc.constantFrom<Kind>(...KINDS),
		vault: fc.nat(1),
		item: fc.nat(5),
	}),
	{ minLength: 5, maxLength: 30 },
);

/** What is true of the items, as the apps see it. */
class History {
	readonly pasts = new Map<string, Past>();

	constructor(private readonly admin: Admin) {
		this.look(true);
	}

	/** Acts in the apps. Steps that fit no item do nothing. */
	act({ kind, vault, item }: Step): void {
		const name = VAULTS[vault] ?? '';
		const items = this.admin.items(name).filter(({ state }) => (state === undefined) === (kind !== 'restore'));
		const chosen = items[item % Math.max(1, items.length)]?.id;
		if (kind === 'create') this.admin.createItem(name, { title: `Item ${this.pasts.size}` });
		if (chosen !== undefined) {
			if (kind === 'edit') this.admin.editItem(name, chosen, { title: 'Edited' });
			if (kind === 'archive') this.admin.archiveItem(name, chosen);
			if (kind === 'restore') this.admin.restoreItem(name, chosen);
			if (kind === 'delete') {
				this.admin.deleteItem(name, chosen);
				const past = this.pasts.get(`${this.admin.vault(name).id}/${chosen}`);
				if (past) past.isDeleted = true;
			}
		}
		this.look(false);
	}

	private look(isOld: boolean): void {
		for (const { id: vaultId } of this.admin.vaults()) {
			for (const { id, version = 0, state } of this.admin.items(vaultId)) {
				const path = `${vaultId}/${id}`;
				const past = this.pasts.get(path) ?? { isOld, active: new Set(), archived: new Set(), isDeleted: false };
				(state === undefined ? past.active : past.archived).add(version);
				this.pasts.set(path, past);
			}
		}
	}

	/** Whether what the event tells has happened. */
	isTrue({ eventId, kind, version }: ChangeEvent): boolean {
		const past = this.pasts.get(eventId.replace(/@.*/, ''));
		if (past === undefined) return false;
		if (kind === 'deleted') return past.isDeleted;
		return (kind === 'archived' ? past.archived : past.active).has(version as number);
	}
}

/** Where the events of an item lead, each of which must start from where the one before has ended. */
function endOf(events: readonly ChangeEvent[], isOld: boolean): string {
	let end = isOld ? 'active 1' : 'unknown';
	for (const { kind, version, previousVersion } of events) {
		const before = { created: 'unknown', restored: `(unknown|(archived|deleted) ${previousVersion as number})` }[kind as string];
		expect(end).toMatch(new RegExp(`^${before ?? `active ${previousVersion as number}`}$`));
		end = `${{ archived: 'archived', deleted: 'deleted' }[kind as string] ?? 'active'} ${version as number}`;
	}
	return end;
}

async function checkSequence(sequence: readonly Step[], lags: readonly number[], archivedItems: 'hidden' | 'listed'): Promise<void> {
	const seeds = Array.from({ length: 3 }, (_, index) => ({ title: `Item ${index}` }));
	const { openRun, poll, scene } = await openWatcher(
		{ events: ['archived', 'created', 'deleted', 'restored', 'updated'] },
		{
			items: seeds,
			vaults: [{ name: 'Staging', items: seeds }],
			behaviour: { archivedItems, replicas: lags.map((readLagMs) => ({ readLagMs })) },
		},
	);
	const { admin } = scene.emulator;
	const history = new History(admin);
	const events: ChangeEvent[] = [];
	const look = async (afterMs: number): Promise<void> => {
		const polled = await poll({ afterMs });
		expect(polled.failure).toBeUndefined();
		for (const event of polled.events) expect([event, history.isTrue(event)]).toEqual([event, true]);
		events.push(...polled.events);
	};
	await look(0);
	for (const step of sequence) {
		if (step.kind === 'poll') await look(MINUTE);
		else if (step.kind === 'wait') scene.clock.advance(5 * MINUTE);
		// Then other servers answer the next poll.
		else if (step.kind === 'other client') await openRun().client.vaults();
		else history.act(step);
	}
	// All servers have caught up.
	for (let round = 0; round < 4; round++) await look(16 * MINUTE);
	expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(events.length);
	for (const [path, { isOld, isDeleted }] of history.pasts) {
		const end = endOf(
			events.filter(({ eventId }) => eventId.startsWith(`${path}@`)),
			isOld,
		);
		const [vaultId = '', itemId = ''] = path.split('/');
		const item = isDeleted ? undefined : admin.item(vaultId, itemId);
		if (item === undefined) expect(end).toMatch(/^(unknown|archived|deleted)/);
		else if (item.state !== undefined) expect(end).toMatch(/^(unknown|archived)/);
		else expect(end).toBe(`active ${item.version}`);
	}
}

/** Turns in which the servers answer; the same server may have several. */
it.each<[string, number[], number]>([
	['one server', [150], 10],
	['servers that lag by seconds', [0, 5_000, 20_000], 10],
	['servers that lag by more than an interval', [0, 0, 0, 90_000, 90_000, 0, 90_000], 20],
	['servers that lag by several intervals', [0, 0, 400_000, 0, 0, 400_000, 400_000, 200_000], 50],
])(
	'whatever happens, everything is told and nothing invented: %s',
	async (_what, lags, numRuns) => {
		await fc.assert(
			fc.asyncProperty(steps, fc.constantFrom<'hidden' | 'listed'>('hidden', 'listed'), async (sequence, archivedItems) => {
				await checkSequence(sequence, lags, archivedItems);
			}),
			{ seed: 5, numRuns, endOnFailure: false },
		);
	},
	30_000,
);
