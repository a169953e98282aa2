/** What the steps of a poll share, from what n8n hands to the node. */

import type { IPollFunctions } from 'n8n-workflow';

import { readConnectCredential } from '../../shared/connect/credential/authenticate';
import { fingerprintKey } from '../../shared/core/changes/fieldFingerprint';
import { compileFilter } from '../../shared/core/changes/itemFilter';
import { tokenIdOf } from '../../shared/core/server/tokenId';
import { CONNECT_CREDENTIAL } from '../../shared/n8n/services/credentialNames';
import { EFFECTS } from '../../shared/n8n/process/effects';
import { OWN_READS } from '../../shared/n8n/process/processState';
import { openConnectRun } from '../../shared/n8n/services/openConnectRun';
import { pollParameters } from '../../shared/n8n/parameters/pollParameters';
import { OwnReads } from './ownReads';
import { readSettings } from './settings';
import { pollBudgetMs } from '../state/stateStore';
import type { Watch } from './watch';

/** Share of n8n's budget after which nothing new is started, so that what is under way can end in time. */
const BUDGET_SHARE = 0.7;
const MAX_POLL_MS = 60_000;

/** @param hasState whether the poll begins with a stored state. @throws OnePasswordError INVALID_INPUT. */
export async function openWatch(context: IPollFunctions, hasState = false): Promise<Watch> {
	const settings = readSettings(pollParameters(context));
	const run = await openConnectRun(context, {
		expectMany: true,
		timeoutMs: settings.timeoutMs,
		...(hasState && { triggerId: context.getNode().id }),
	});
	const startedAt = run.effects.now();
	const budgetMs = Math.min(MAX_POLL_MS, BUDGET_SHARE * pollBudgetMs(context));
	const { token } = readConnectCredential(await context.getCredentials(CONNECT_CREDENTIAL));
	const tokenId = tokenIdOf(token);
	return {
		run,
		settings,
		nodeName: context.getNode().name,
		ownReads: new OwnReads(OWN_READS, EFFECTS.now),
		matches: compileFilter(settings.filter),
		startedAt,
		deadline: startedAt + budgetMs,
		...(tokenId !== undefined && { tokenId }),
		...(settings.detail !== 'versions' && { key: fingerprintKey(token) }),
	};
}
