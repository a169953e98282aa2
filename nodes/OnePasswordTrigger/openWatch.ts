/** What the steps of a poll share, from what n8n hands to the node. */

import type { IPollFunctions } from 'n8n-workflow';

import { readConnectCredential } from '../shared/connect/authenticate';
import { fingerprintKey } from '../shared/core/changes/fieldFingerprint';
import { compileFilter } from '../shared/core/changes/itemFilter';
import { tokenIdOf } from '../shared/core/tokenId';
import { CONNECT_CREDENTIAL } from '../shared/n8n/connectTransport';
import { EFFECTS } from '../shared/n8n/effects';
import { openConnectRun } from '../shared/n8n/openConnectRun';
import { pollParameters } from '../shared/n8n/pollParameters';
import { OwnReads } from './ownReads';
import { readSettings } from './settings';
import { pollBudgetMs } from './stateStore';
import type { Watch } from './watch';

/** Share of n8n's budget after which nothing new is started, so that what is under way can end in time. */
const BUDGET_SHARE = 0.7;
const MAX_POLL_MS = 60_000;

const OWN_READS = new OwnReads(EFFECTS.now);

/** @throws OnePasswordError INVALID_INPUT. */
export async function openWatch(context: IPollFunctions): Promise<Watch> {
	const settings = readSettings(pollParameters(context));
	const run = await openConnectRun(context, { expectMany: true, timeoutMs: settings.timeoutMs });
	const startedAt = run.effects.now();
	const budgetMs = Math.min(MAX_POLL_MS, BUDGET_SHARE * pollBudgetMs(context));
	const watch = {
		run,
		settings,
		nodeName: context.getNode().name,
		ownReads: OWN_READS,
		fits: compileFilter(settings.filter),
		startedAt,
		deadline: startedAt + budgetMs,
	};
	const { token } = readConnectCredential(await context.getCredentials(CONNECT_CREDENTIAL));
	return {
		...watch,
		...(settings.accesses.size > 0 && { tokenId: tokenIdOf(token) }),
		...(settings.detail !== 'versions' && { key: fingerprintKey(token) }),
	};
}
