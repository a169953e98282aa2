/**
 * Everything that the package keeps for as long as a process of n8n lives; the end of the process is its end. In queue mode
 * the main process, each worker and each webhook processor have a copy of their own. What a node keeps here, it reads and
 * writes in one file of its own, which knows the type. The same list is in docs/production.md.
 */

import { randomUUID } from 'node:crypto';

import type { ICredentialDataDecryptedObject, IPollFunctions } from 'n8n-workflow';

import { KeyedMutex } from '../../async/keyedMutex';
import type { Outcome } from '../../async/outcome';
import { OwnWrites } from '../../connect/run/ownWrites';
import { VersionMemory } from '../../connect/run/versionMemory';
import type { HttpSecret } from '../../connect/secrets/httpSecret';
import { SecretCache } from '../../connect/secrets/secretCache';
import type { ErrorCode } from '../../core/errors/onePasswordError';
import { Recent } from '../../core/recent';
import { EFFECTS } from './effects';
import { LinePace } from './linePace';

/**
 * Writers of one vault wait for their turn: nothing depends on it, but it saves requests that would fail.
 * Queue mode: writers on two workers meet in a conflict instead, after which the losing write is sent again.
 */
export const WRITE_LOCKS = new KeyedMutex();

/**
 * The versions that were written last: an update must not start from an older read.
 * Queue mode: other workers do not know the version; with 'Expected Version' set, an update waits for it there, too.
 */
export const WRITTEN_VERSIONS = new VersionMemory(EFFECTS.now);

/**
 * What each workflow has written, so that a trigger can ignore it.
 * Queue mode: main does not know what workers have written; the trigger looks it up in Connect's activity log.
 */
export const OWN_WRITES = new OwnWrites(EFFECTS.now);

/**
 * Secrets that HTTP requests use, so that a loop of requests needs one read.
 * Queue mode: each process reads the secret for itself, and keeps an old one for the 'Cache Time' at most.
 */
export const SECRET_CACHE = new SecretCache<HttpSecret>(EFFECTS.now);

/**
 * What the first half of the credential for HTTP requests leaves for the second. n8n decrypts the credentials again for
 * each request, and asks again for the same ones only after the request, or the first reading itself, has failed.
 * Queue mode: no difference, as one process makes the whole request.
 */
export const FETCHED_SECRETS = new WeakMap<ICredentialDataDecryptedObject, Outcome<HttpSecret>>();

/**
 * Keeps equal log lines of the credential for HTTP requests apart: a loop of requests fails as often as it goes round.
 * Queue mode: each process logs a line of its own.
 */
export const LINE_PACE = new LinePace(EFFECTS.now);

/**
 * Tells this process from those before it, and from its fellows.
 * Queue mode: each process has its own, which is its purpose.
 */
export const PROCESS_ID = randomUUID();

/**
 * Trigger nodes that are polling at this moment: n8n starts a poll although the one before has not ended.
 * Queue mode: no difference, as polls run on main only.
 */
export const BUSY_POLLS = new Set<string>();

/**
 * How the executions of the latest batches of events ended, by batch; more than there are batches that wait for their end.
 * Queue mode: no difference, as polls run on main only; a restart forgets it, and the trigger repeats every unconfirmed batch.
 */
export const BATCH_ENDS = new Recent<object>(1_000);

/**
 * The number of the last batch of events.
 * Queue mode: no difference, as polls run on main only; batches of other processes are told apart by their process ID.
 */
let lastBatch = 0;

/** @returns a number that no other batch of this process has. */
export function nextBatchId(): number {
	lastBatch += 1;
	return lastBatch;
}

/**
 * The state that each trigger node has stored last.
 * Queue mode: a worker can replace the stored state, which main notices by this; after a restart the activity log shows it.
 */
export const TRIGGER_STATES = new Recent<object>(1_000);

/**
 * When this process first polled each trigger node: milliseconds since the epoch.
 * Queue mode: no difference, as polls run on main only; with several mains each has its own beginning.
 */
export const FIRST_POLLS = new Recent<number>(1_000);

/**
 * The serial of the state that each trigger node has handed to the durable scheduler, and when (milliseconds since the epoch).
 * Queue mode: no difference, as polls run on main only; after a restart events can come twice.
 */
export const PENDING_COMMITS = new Map<string, { readonly serial: number; readonly at: number }>();

/**
 * Items that polls have read for themselves, and when (milliseconds since the epoch): the trigger does not report these reads.
 * Queue mode: no difference, as polls run on main only; with several mains one reports the reads of the other.
 */
export const OWN_READS = new Recent<number>(1_000);

/**
 * The failure that each trigger node has reported, and the activation of the workflow that it was reported in.
 * Queue mode: no difference, as polls run on main only; after a restart a failure is reported again.
 */
export const FAILURE_REPORTS = new Map<string, { readonly code: ErrorCode; readonly activation: IPollFunctions }>();

/**
 * Activations of workflows in which a poll has run.
 * Queue mode: no difference, as polls run on main only.
 */
export const POLLED_ACTIVATIONS = new WeakSet<IPollFunctions>();
