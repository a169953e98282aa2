/** What the rotation model records, and what must never happen to an item in it. */

import { readRotation, type RotationReading, type RotationState } from '../../../../nodes/shared/core/rotation/state/rotationState';
import type { FullItem } from '../../../../nodes/shared/core/wire';
import { everyTextOf, formsOf } from '../../../support/refusal';
import { valueOf } from '../../../support/connectScene';
import { OLD } from './rotationScene';

/** The item's contents at one moment. */
export interface Snapshot {
	readonly version: number;
	readonly kind: RotationReading['kind'];
	readonly state: RotationState | 'none';
	readonly rotationId: string;
	readonly live: string;
	readonly pending: string;
	readonly previous: string;
	readonly withdrawn: string;
	readonly graceUntil: string;
	/** Sets that another begin has added, and not withdrawn; a copy of what counts harms nobody. */
	readonly strays: number;
}

export function snapshotOf(item: FullItem): Snapshot {
	const reading = readRotation(item);
	const current = reading.kind === 'found' ? reading.current : undefined;
	const strays = reading.kind === 'unclear' ? [] : reading.strays.filter(({ state }) => state !== 'withdrawn');
	const live = valueOf(item, 'credential') ?? '';
	const { rotationId = '', pending = '', previous = '', withdrawn = '', graceUntil = '' } = current?.values ?? {};
	return {
		version: item.version ?? 0,
		kind: reading.kind,
		state: current?.state ?? 'none',
		...{ rotationId, live, pending, previous, withdrawn, graceUntil },
		strays: strays.filter(({ values }) => ![pending, live].includes(values.pending)).length,
	};
}

export type Step = 'begin' | 'finish' | 'end' | 'rollback';

/** One write of one process. */
export interface Write {
	readonly by: string;
	readonly step: Step;
	readonly before: Snapshot;
	readonly after: Snapshot;
}

/** A finish that changed something, after a begin of the same process. */
export interface Promotion {
	readonly by: string;
	readonly begun: Snapshot;
	readonly finished: Snapshot;
	readonly concurrentEdit: boolean;
}

/** What a begin has told of a rotation. */
interface Told {
	readonly pending: string;
	/** That of the item once it had begun; none where it was found begun. */
	readonly version?: number;
}

type Invariant<T> = (fact: T, ledger: Ledger) => string | undefined;

const noLiveValueIsLost: Invariant<Write> = ({ by, before, after }, { typed }) => {
	const isThere = [after.live, after.previous, after.withdrawn].includes(before.live);
	return isThere || after.state === 'ended' || typed.has(before.live) ? undefined : `${by} lost the live value "${before.live}"`;
};

const noPendingValueIsReplaced: Invariant<Write> = ({ by, before, after }, ledger) => {
	// What nobody was told of may be withdrawn by whoever has staged it.
	if (before.state !== 'pending' || !ledger.hasTold(before)) return undefined;
	const isOther = after.rotationId !== before.rotationId || (after.state === 'pending' && after.pending !== before.pending);
	return isOther ? `${by} replaced what the rotation "${before.rotationId}" has staged` : undefined;
};

const NEXT_STATES: Readonly<Record<Snapshot['state'], ReadonlyArray<Snapshot['state']>>> = {
	none: ['none', 'pending'],
	pending: ['pending', 'finished', 'ended', 'rolled back'],
	finished: ['finished', 'ended', 'rolled back', 'pending'],
	ended: ['ended', 'pending'],
	'rolled back': ['rolled back', 'pending'],
};

const statesFollowEachOther: Invariant<Write> = ({ by, before, after }) =>
	NEXT_STATES[before.state].includes(after.state) ? undefined : `${by} went from ${before.state} to ${after.state}`;

const sectionIsNeverUnclear: Invariant<Snapshot> = ({ kind }) => (kind === 'unclear' ? 'the section is unclear' : undefined);

const whoIsRefusedWithdraws: Invariant<Snapshot> = ({ strays }, { isBroken }) =>
	strays > 0 && !isBroken ? 'a begin that was refused has left what it staged' : undefined;

const liveValueIsKnown: Invariant<Snapshot> = ({ live }, { known, typed }) =>
	known.has(live) || typed.has(live) ? undefined : `"${live}" is live, and no begin has told it`;

/** Only a person who has checked it may continue. */
function goesOverHandEdit({ step, before }: Write, { typed }: Ledger): boolean {
	return (step === 'rollback' || step === 'end') && before.state === 'finished' && typed.has(before.live);
}

const finishPromotesWhatBeginTold: Invariant<Promotion> = ({ by, begun, finished, concurrentEdit }) =>
	concurrentEdit || begun.pending === '' || finished.live === begun.pending
		? undefined
		: `${by} was told "${begun.pending}" by begin, and finished with "${finished.live}"`;

const finishSeesHandEdits: Invariant<Promotion> = ({ by, begun, finished, concurrentEdit }, { edits }) =>
	!concurrentEdit && edits.some((version) => version > begun.version && version < finished.version)
		? `${by} finished over an edit by hand`
		: undefined;

export class Ledger {
	readonly trace: string[] = [];
	readonly breaches: string[] = [];
	/** Values that a begin has returned, or that may be live without one. */
	readonly known = new Set([OLD]);
	/** Values of any field that a person has typed. */
	readonly typed = new Set<string>();
	/** Versions of the item that a person has made. */
	readonly edits: number[] = [];
	/** Whether somebody was broken off since nothing stood beside the rotation. */
	isBroken = false;
	/** IDs of rotations that another one has taken the place of. */
	readonly spent = new Set<string>();
	/** Processes that have made what was staged live. */
	private readonly promoters = new Set<string>();
	/** Processes that wrote over a live value which a person has typed: they have to tell of it. */
	private readonly overwriters = new Set<string>();
	/** What begin has returned for an ID, as long as that stands for the same rotation. */
	private readonly told = new Map<string, Told>();

	note(line: string): void {
		this.trace.push(line);
	}

	breach(what: string | undefined): void {
		if (what === undefined) return;
		this.breaches.push(what);
		this.note(`!!! ${what}`);
	}

	edited(label: string, value: string, { version }: Snapshot): void {
		this.typed.add(value);
		this.edits.push(version);
		this.note(`  by hand: ${label}=${value}, version ${version}`);
	}

	wrote(write: Write): void {
		const { by, step, before, after } = write;
		const writes = after.version - before.version;
		this.note(`  ${by} sent ${step}, ${writes} writes: ${JSON.stringify(after)}`);
		// Can't tell who did what.
		if (writes > 1) this.told.clear();
		if (writes !== 1 || this.edits.includes(after.version)) return;
		for (const invariant of [noLiveValueIsLost, noPendingValueIsReplaced, statesFollowEachOther]) this.breach(invariant(write, this));
		if (before.state === 'pending' && after.state !== 'pending') this.promoters.add(by);
		if (goesOverHandEdit(write, this)) this.overwriters.add(by);
		// Ended from outside, a rotation that nobody was told of becomes live, as it was asked to.
		if (step === 'end' && before.state === 'pending') this.known.add(after.live);
		const isSame = after.rotationId === before.rotationId && (after.state !== 'pending' || before.state === 'pending');
		if (isSame) return;
		this.spent.add(before.rotationId);
		for (const { rotationId } of [before, after]) this.told.delete(rotationId);
	}

	/** What a process was told by its begin: the same as any other for that ID. */
	begun(by: string, rotationId: string, shown: Snapshot, changed: boolean): void {
		if (shown.rotationId !== rotationId) this.breach(`begin of ${by} succeeded, and the item shows "${shown.rotationId}"`);
		const { pending, state } = shown;
		if (pending === '') return state === 'pending' ? this.breach(`begin of ${by} succeeded with nothing staged`) : undefined;
		const told = this.told.get(rotationId) ?? { pending, ...(changed && { version: shown.version }) };
		if (told.pending !== pending) this.breach(`"${told.pending}" and "${pending}" were told for "${rotationId}"`);
		this.told.set(rotationId, told);
		this.known.add(pending);
	}

	broke(): void {
		this.isBroken = true;
	}

	hasTold({ rotationId, pending }: Snapshot): boolean {
		return this.told.get(rotationId)?.pending === pending;
	}

	/** Whether nobody has edited the item since the rotation has begun, as far as that is known. */
	isUntouched(rotationId: string): boolean {
		const { version = -1 } = this.told.get(rotationId) ?? {};
		return version >= 0 && !this.edits.some((edit) => edit > version);
	}

	/** A step of the process has succeeded. */
	took(by: string, concurrentEdit: boolean): void {
		if (this.overwriters.delete(by) && !concurrentEdit) this.breach(`${by} wrote over an edit by hand, and did not tell`);
	}

	finished(promotion: Promotion): void {
		if (!this.promoters.has(promotion.by)) return;
		for (const invariant of [finishPromotesWhatBeginTold, finishSeesHandEdits]) this.breach(invariant(promotion, this));
	}

	rested(now: Snapshot): void {
		this.note(` = ${JSON.stringify(now)}`);
		for (const invariant of [sectionIsNeverUnclear, liveValueIsKnown, whoIsRefusedWithdraws]) this.breach(invariant(now, this));
		if (now.strays === 0) this.isBroken = false;
	}

	/** Neither an error nor a status may contain a value. */
	discloses(what: string, given: unknown, secrets: readonly string[]): void {
		const text = everyTextOf(given);
		const isTold = [...secrets, ...this.typed].some((secret) => formsOf(secret).some((form) => text.includes(form)));
		if (isTold) this.breach(`${what} holds a value`);
	}
}
