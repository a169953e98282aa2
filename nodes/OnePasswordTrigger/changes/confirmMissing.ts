/** A list without an item proves nothing: the item itself is asked for before it is called deleted or archived. */

import { outcomeOf } from '../../shared/async/outcome';
import type { ItemChange } from '../../shared/core/changes/itemChange';
import type { KnownItem } from '../../shared/core/changes/knownItems';
import { diffRow } from '../../shared/core/changes/versionDiff';
import { mapInTime, type Watch } from '../watch/watch';

/** What a list without an item proves, if the item can't be read either; `again`: only if it was missing before. */
export type Proof = 'all' | 'again' | 'none';

interface Doubt {
	readonly vaultId: string;
	readonly missing: readonly KnownItem[];
	readonly proof: Proof;
}

interface Confirmation {
	readonly changes: readonly ItemChange[];
	/** Items that the next poll has to look at again, as they are known now. */
	readonly items: readonly KnownItem[];
	readonly unsure: boolean;
}

type Finding = ItemChange | KnownItem | 'unknown';

/** At most as many items as events may be emitted are asked for; the others stay as they are until the next poll. */
export async function confirmMissing(watch: Watch, doubt: Doubt): Promise<Confirmation> {
	const findings = await mapInTime(watch, doubt.missing.slice(0, watch.settings.maxEvents), async (item) => await findOut(watch, doubt, item), 1);
	const changes = findings.filter((finding): finding is ItemChange => isObject(finding) && 'kind' in finding);
	const items = findings.filter((finding): finding is KnownItem => isObject(finding) && 'presence' in finding);
	return { changes, items, unsure: changes.length < doubt.missing.length };
}

async function findOut(watch: Watch, { vaultId, proof }: Doubt, item: KnownItem): Promise<Finding> {
	watch.ownReads.note(vaultId, item.id);
	const read = await outcomeOf(watch.run.client.item(vaultId, item.id));
	if (read.ok) return diffRow(vaultId, item, read.value) ?? { ...item, presence: 'active' };
	if (read.error.code !== 'ITEM_NOT_FOUND') return 'unknown';
	const isCertain = proof === 'all' || (proof === 'again' && item.presence === 'absent');
	if (!isCertain) return { ...item, presence: 'absent' };
	return { kind: 'deleted', vaultId, itemId: item.id, version: item.version, previousVersion: item.version };
}

function isObject(finding: Finding | undefined): finding is ItemChange | KnownItem {
	return typeof finding === 'object';
}
