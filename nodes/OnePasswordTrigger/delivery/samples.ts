/** What the editor shows when the trigger is tried by hand: the latest items in scope, as the events they would have been, and the latest accesses. */

import { invalidInput } from '../../shared/core/errors/onePasswordError';
import { CHANGE_KINDS, type ChangeKind, type ItemChange } from '../../shared/core/changes/itemChange';
import type { Item, Vault } from '../../shared/core/wire';
import { emitChange, emitUnreachable, type ChangeEvent } from '../events/changeEvent';
import { completeEvents } from './completeEvents';
import { sampleAccesses } from '../accesses/readAccesses';
import { NO_STATE } from '../state/pollState';
import { wantsChanges, type WatchSettings } from '../watch/settings';
import { planListings } from '../changes/planListings';
import type { VaultListing } from '../changes/inspectVault';
import { hasTime, type Watch } from '../watch/watch';

const MAX_SAMPLES = 5;

/** @throws OnePasswordError INVALID_INPUT where nothing in scope matches the filters. */
export async function sampleEvents(watch: Watch): Promise<ChangeEvent[]> {
	const vaults = await watch.run.reads.vaults();
	const plan = await planListings(watch, NO_STATE, vaults);
	if (plan.failures[0]) throw plan.failures[0];
	const { accesses } = watch.settings;
	const latest = accesses.size > 0 ? await sampleAccesses(watch, { plan, vaults }, MAX_SAMPLES) : [];
	const changes = wantsChanges(watch.settings) ? await sampleChanges(watch, plan.tasks) : [];
	if (accesses.size === 0 && !wantsChanges(watch.settings)) return [sampleHealth(watch)];
	if (latest.length + changes.length > 0) return [...latest, ...changes];
	throw accesses.size > 0
		? invalidInput('Nothing among the latest requests matches.', "Check 'Watch' and 'Filters', or read an item with another access token.")
		: invalidInput('No active item in scope matches the filters.', "Check 'Watch' and 'Filters', or add an item to the vault.");
}

/** Where nothing but the server's health is an event: the server is there, so this is how an outage would look. */
function sampleHealth({ startedAt }: Watch): ChangeEvent {
	return emitUnreachable('NETWORK', 'The Connect server cannot be reached.', new Date(startedAt).toISOString());
}

async function sampleChanges(watch: Watch, tasks: readonly VaultListing[]): Promise<readonly ChangeEvent[]> {
	const newestFirst = [...tasks].sort((a, b) => compareTimes(a.vault, b.vault));
	const samples: ChangeEvent[] = [];
	for (const task of newestFirst) {
		if (samples.length >= MAX_SAMPLES || !hasTime(watch)) break;
		samples.push(...(await sampleVault(watch, task)));
	}
	const { output, failure } = await completeEvents(watch, samples.slice(0, MAX_SAMPLES));
	if (failure) throw failure;
	return output;
}

async function sampleVault({ run, matches, settings, startedAt }: Watch, { vault, chosen }: VaultListing): Promise<ChangeEvent[]> {
	const rows = (await run.reads.items(vault.id)).filter((row) => row.state === undefined && matches(row) && (chosen?.has(row.id) ?? true));
	return rows
		.sort(compareTimes)
		.slice(0, MAX_SAMPLES)
		.map((row) => {
			const details = settings.detail === 'versions' ? {} : { changedFields: [], changedAttributes: [] };
			return emitChange(asChange(settings, vault, row), details, { vaultName: vault.name, now: startedAt });
		});
}

/** An event of a kind that the trigger would emit. */
function asChange({ events }: WatchSettings, vault: Vault, row: Item): ItemChange {
	const version = row.version ?? 1;
	const natural: ChangeKind = version > 1 ? 'updated' : 'created';
	const kind = events.has(natural) ? natural : (CHANGE_KINDS.find((known) => events.has(known)) ?? natural);
	return {
		kind,
		vaultId: vault.id,
		itemId: row.id,
		version,
		...(kind !== 'deleted' && { row }),
		...(version > 1 && { previousVersion: version - 1 }),
	};
}

function compareTimes(a: { updatedAt?: string }, b: { updatedAt?: string }): number {
	return (b.updatedAt ?? '').localeCompare(a.updatedAt ?? '');
}
