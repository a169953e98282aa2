/** Reads the items whose changes are emitted, where the level of detail asks for more than a list shows. */

import { outcomeOf, type Outcome } from '../../shared/async/outcome';
import { diffFingerprints } from '../../shared/core/changes/fieldDiff';
import { fingerprintItem, type ItemFingerprint } from '../../shared/core/changes/fieldFingerprint';
import type { ItemChange } from '../../shared/core/changes/itemChange';
import type { OnePasswordError } from '../../shared/core/errors/onePasswordError';
import type { FullItem } from '../../shared/core/wire';
import type { Details } from '../events/changeEvent';
import type { Inspection } from './inspectVault';
import type { SelectedChange } from './selectChanges';
import { mapInTime, type Watch } from '../watch/watch';

export interface DetailedChange {
	readonly selected: SelectedChange;
	/** As the read shows it: the item may have moved on since it was listed. */
	readonly change: ItemChange;
	readonly details: Details;
	readonly fingerprint?: ItemFingerprint;
}

export interface DetailedChanges {
	readonly detailed: readonly DetailedChange[];
	/** Left to the next poll. */
	readonly left: readonly SelectedChange[];
	readonly failures: readonly OnePasswordError[];
}

/** Reads that may come to nothing in one poll: items that can't be read must not keep the others back. */
const MAX_FUTILE_READS = 100;

/**
 * A change whose read fails, or shows an older version, is left to the next poll.
 * @param limit changes to tell at most.
 */
export async function readDetails(watch: Watch, wanted: readonly SelectedChange[], limit: number): Promise<DetailedChanges> {
	const detailed: DetailedChange[] = [];
	const failures: OnePasswordError[] = [];
	let next = 0;
	while (next < wanted.length && detailed.length < limit && next - detailed.length < MAX_FUTILE_READS) {
		const wave = wanted.slice(next, next + limit - detailed.length);
		const found = await readWave(watch, wave, next === 0);
		next += wave.length;
		for (const one of found) if (one?.ok) detailed.push(...one.value);
		for (const one of found) if (one?.ok === false) failures.push(one.error);
		if (found.includes(undefined)) break;
	}
	const done = new Set(detailed.map(({ selected }) => selected));
	return { detailed, left: wanted.filter((selected) => !done.has(selected)), failures };
}

type Finding = Outcome<readonly DetailedChange[]> | undefined;

async function readWave(watch: Watch, wave: readonly SelectedChange[], isFirst: boolean): Promise<Finding[]> {
	const { key } = watch;
	if (key === undefined) return wave.map((selected) => ({ ok: true, value: [{ selected, change: selected.change, details: {} }] }));
	return await mapInTime(watch, wave, async (selected) => await readOne(watch, key, selected), isFirst ? 1 : 0);
}

/** Absence is no failure: the next list tells what became of the item. */
async function readOne({ run, settings }: Watch, key: Buffer, selected: SelectedChange): Promise<Outcome<readonly DetailedChange[]>> {
	const { change, inspection } = selected;
	if (change.kind === 'deleted') return { ok: true, value: [{ selected, change, details: NOTHING_KNOWN }] };
	const read = await outcomeOf(run.client.item(change.vaultId, change.itemId));
	if (!read.ok) return read.error.code === 'ITEM_NOT_FOUND' ? { ok: true, value: [] } : read;
	const item = read.value;
	const isPutAway = item.state !== undefined;
	if ((item.version ?? 0) < change.version || isPutAway !== (change.kind === 'archived')) return { ok: true, value: [] };
	const fingerprint = fingerprintItem(item, key);
	const details = {
		...describeFingerprint(inspection, change, fingerprint),
		...(settings.detail === 'item' && { shown: settings.shape(item) }),
	};
	return { ok: true, value: [{ selected, change: { ...change, version: fingerprint.version, row: item }, details, fingerprint }] };
}

const NOTHING_KNOWN: Details = { changedFields: [], changedAttributes: [] };

/** Where nothing says what the item held before, nothing is said about what changed. */
function describeFingerprint({ task }: Inspection, { itemId, kind, from }: ItemChange, fingerprint: ItemFingerprint): Details {
	const before = task.before?.prints?.[itemId];
	const isNew = kind === 'created' || kind === 'existing';
	return before !== undefined || (isNew && from === undefined) ? diffFingerprints(before, fingerprint) : NOTHING_KNOWN;
}

/** @returns the fingerprints of watched items that have none yet, or one of an older version, and whether that is all of them. */
export async function readMissingFingerprints(
	watch: Watch,
	{ task, known }: Inspection,
	fresh: Readonly<Record<string, ItemFingerprint>>,
): Promise<{ readonly fingerprints: Readonly<Record<string, ItemFingerprint>>; readonly complete: boolean }> {
	const { key, run } = watch;
	if (key === undefined) return { fingerprints: {}, complete: true };
	const watched = [...known.values()].filter(({ presence, watched: matches }) => presence === 'active' && matches);
	const former = { ...task.before?.prints, ...fresh };
	const missing = watched.filter(({ id, version }) => former[id]?.version !== version);
	const reads = await mapInTime(watch, missing, async ({ id }) => await outcomeOf(run.client.item(task.vault.id, id)));
	const items = reads.flatMap((read, index) => (read?.ok && (read.value.version ?? 0) === missing[index]?.version ? [read.value] : []));
	const fingerprints = Object.fromEntries([...known.keys()].flatMap((id) => (former[id] ? [[id, former[id]] as const] : [])));
	return {
		fingerprints: { ...fingerprints, ...Object.fromEntries(items.map((item: FullItem) => [item.id, fingerprintItem(item, key)])) },
		complete: items.length === missing.length,
	};
}
