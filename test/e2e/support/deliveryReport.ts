import type { MadeChange } from './changeMaker';
import type { ToldEvent } from './toldEvents';

/** What became of the changes that were made. */
export interface DeliveryReport {
	/** Changes that no event reports. */
	readonly missing: readonly MadeChange[];
	/** Repeats whose event id differs from the first one, and event IDs used for two things. */
	readonly wrongIds: readonly string[];
	/** Repeated events that are marked. */
	readonly markedRepeats: number;
	/** Repeated events that are not marked. */
	readonly unmarkedRepeats: number;
	/** Marked events that were not repeats: what a crash would have lost. */
	readonly rescued: number;
	/** Events that report a known version among new ones. */
	readonly overlapping: number;
}

/** @param told in the order of their executions. */
export function reportDelivery(made: readonly MadeChange[], told: readonly ToldEvent[]): DeliveryReport {
	const idOf = new Map<string, string>();
	const thingOf = new Map<string, string>();
	const coverage = new Coverage();
	const wrongIds: string[] = [];
	let [markedRepeats, unmarkedRepeats, rescued, overlapping] = [0, 0, 0, 0];
	for (const event of told) {
		// Where a state was lost nothing tells whether a version is the first one that was seen: the id is the same for both kinds.
		const kind = event.kind === 'created' ? 'updated' : event.kind;
		const thing = `${event.item.id} ${event.version} ${kind}`;
		const isRepeat = idOf.has(thing);
		const first = idOf.get(thing) ?? event.eventId;
		if (first !== event.eventId || (thingOf.get(event.eventId) ?? thing) !== thing) wrongIds.push(event.eventId);
		idOf.set(thing, first);
		thingOf.set(event.eventId, thing);
		const isOld = coverage.add(event);
		if (isRepeat && event.redelivered) markedRepeats += 1;
		else if (isRepeat) unmarkedRepeats += 1;
		else if (event.redelivered) rescued += 1;
		if (!isRepeat && isOld) overlapping += 1;
	}
	return {
		missing: made.filter((change) => !coverage.has(change)),
		wrongIds,
		markedRepeats,
		unmarkedRepeats,
		rescued,
		overlapping,
	};
}

/** An event reports every version after the previous one, up to its own. */
export class Coverage {
	private readonly versions = new Map<string, Set<number>>();
	private readonly deleted = new Set<string>();

	/** @returns whether a part of it was reported before. */
	add({ kind, item, previousVersion, version }: ToldEvent): boolean {
		if (kind === 'deleted') {
			const wasThere = this.deleted.has(item.id);
			this.deleted.add(item.id);
			return wasThere;
		}
		const versions = this.versions.get(item.id) ?? new Set();
		this.versions.set(item.id, versions);
		const before = versions.size;
		const from = (previousVersion ?? 0) + 1;
		for (let step = from; step <= version; step++) versions.add(step);
		return versions.size - before < version - from + 1;
	}

	has({ kind, itemId, version }: MadeChange): boolean {
		return kind === 'deleted' ? this.deleted.has(itemId) : this.versions.get(itemId)?.has(version) === true;
	}
}
