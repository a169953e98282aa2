/**
 * A trigger without a state begins to watch, unless it had one: then what changed since must not be taken for known. The
 * state gets lost where a worker of n8n replaces the workflow's static data and n8n stops before it is saved again. That
 * there was one shows in Connect's activity log, where each poll leaves a row.
 */

import type { IPollFunctions } from 'n8n-workflow';

import { newestRows } from '../../shared/connect/audit/newestRows';
import { outcomeOf } from '../../shared/async/outcome';
import type { AuditRow } from '../../shared/core/audit/rows/auditRow';
import { parseTriggerId } from '../../shared/core/audit/rows/callerUserAgent';
import type { ChangeEvent } from '../events/changeEvent';
import { wantsChanges } from '../watch/settings';
import type { LostState, Watch } from '../watch/watch';

/** Activations that n8n makes by itself, for workflows that were active before. */
const AUTOMATIC: ReadonlySet<string> = new Set(['init', 'leadershipChange']);

/** Milliseconds that the rows of one poll are apart at most. */
const POLL_MS = 10_000;

/** To be called before anything else is asked of the server: the rows of this poll would look like those of an earlier one. */
export async function findLostState(context: IPollFunctions, watch: Watch): Promise<LostState | undefined> {
	if (!wantsChanges(watch.settings) && watch.settings.accesses.size === 0) return undefined;
	const wasActive = AUTOMATIC.has(context.getActivationMode());
	const { id } = context.getNode();
	// Lists in the editor are asked for in the name of the node, too: only where it was active do they not matter.
	const isOwn = (row: AuditRow): boolean => {
		const triggerId = parseTriggerId(row.userAgent);
		const isNamed = wasActive && triggerId === null && row.node === watch.nodeName;
		return (isNamed || triggerId === id) && isOwnPoll(watch, row);
	};
	const rows = await outcomeOf(newestRows(watch.run.client, isOwn));
	const [last, ...earlier] = rows.ok ? rows.value.map(({ timestamp }) => Date.parse(timestamp)) : [];
	if (last === undefined) return wasActive && !rows.ok ? {} : undefined;
	// What the last poll reported may have been lost with the state.
	return { since: earlier.find((time) => time < last - POLL_MS) ?? last };
}

function isOwnPoll({ run, tokenId }: Watch, row: AuditRow): boolean {
	return tokenId !== undefined && row.tokenId === tokenId && row.workflowId === run.workflowId && row.executionId === null;
}

/** Milliseconds by which the clocks of 1Password, Connect and n8n may differ, and a server may lag behind. */
const MARGIN_MS = 300_000;

/** @returns from when on items count as changed: milliseconds since the epoch. */
export function recoverFrom({ lost, settings }: Watch): number | undefined {
	// An event that may have been delivered before must not come again at most once.
	return settings.atLeastOnce && lost?.since !== undefined ? lost.since - MARGIN_MS : undefined;
}

export function emitStateLost({ since: at }: LostState, now: number): ChangeEvent {
	const detectedAt = new Date(now).toISOString();
	const since = at === undefined ? null : new Date(at).toISOString();
	return {
		eventId: `state@${since ?? detectedAt}#lost`,
		kind: 'stateLost',
		message: `n8n no longer has the saved state of this trigger. ${CONSEQUENCE} ${REMEDY}`,
		since,
		detectedAt,
		redelivered: false,
	};
}

const CONSEQUENCE =
	'Items that were created or updated since then are reported again as far as possible; items that were deleted or archived since then cannot be reported.';

const REMEDY =
	'In queue mode, turn on durable cursors in n8n to prevent this: N8N_SCHEDULER_ENABLED, N8N_SCHEDULER_POLL_TRIGGERS_ENABLED and N8N_POLLER_DURABLE_CURSORS_ENABLED.';
