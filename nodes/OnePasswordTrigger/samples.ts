/** What the editor shows when the trigger is tried by hand: the latest items in scope, as the events they would have been. */

import { invalidInput } from '../shared/core/onePasswordError';
import type { ItemChange } from '../shared/core/itemChange';
import type { Item, Vault } from '../shared/core/wire';
import { tellChange, type ChangeEvent } from './changeEvent';
import { completeEvents } from './delivery';
import { NO_STATE } from './pollState';
import { planTasks } from './vaultTasks';
import type { VaultTask } from './inspectVault';
import { hasTime, type Watch } from './watch';

const MAX_SAMPLES = 5;

/** @throws OnePasswordError INVALID_INPUT where nothing in scope fits the filters. */
export async function sampleEvents(watch: Watch): Promise<ChangeEvent[]> {
	const { tasks, failures } = await planTasks(watch, NO_STATE, await watch.run.reads.vaults());
	if (failures[0]) throw failures[0];
	const newestFirst = [...tasks].sort((a, b) => compareTimes(a.vault, b.vault));
	const samples: ChangeEvent[] = [];
	for (const task of newestFirst) {
		if (samples.length >= MAX_SAMPLES || !hasTime(watch)) break;
		samples.push(...(await sampleVault(watch, task)));
	}
	const { output, failure } = await completeEvents(watch, samples.slice(0, MAX_SAMPLES));
	if (failure) throw failure;
	if (output.length > 0) return [...output];
	throw invalidInput('No active item in scope fits the filters.', "Check 'Watch' and 'Filters', or add an item to the vault.");
}

async function sampleVault({ run, fits, startedAt }: Watch, { vault, chosen }: VaultTask): Promise<ChangeEvent[]> {
	const rows = (await run.reads.items(vault.id)).filter(
		(row) => row.state === undefined && fits(row) && (chosen?.has(row.id) ?? true),
	);
	return rows
		.sort(compareTimes)
		.slice(0, MAX_SAMPLES)
		.map((row) => tellChange(asChange(vault, row), {}, { vaultName: vault.name, now: startedAt }));
}

function asChange(vault: Vault, row: Item): ItemChange {
	const version = row.version ?? 1;
	const change = { vaultId: vault.id, itemId: row.id, version, row };
	return version > 1
		? { ...change, kind: 'updated', previousVersion: version - 1 }
		: { ...change, kind: 'created' };
}

function compareTimes(a: { updatedAt?: string }, b: { updatedAt?: string }): number {
	return (b.updatedAt ?? '').localeCompare(a.updatedAt ?? '');
}
