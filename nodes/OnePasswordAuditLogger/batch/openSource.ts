/** What the node collects from. */

import { readAuditNames, type AuditNames } from '../../shared/connect/audit/auditNames';
import { connectActivitySource } from '../../shared/connect/audit/activitySource';
import type { Requester } from '../../shared/core/audit/anomalies/client';
import { AUDIT_SOURCES, type AuditRow, type AuditSourceName } from '../../shared/core/audit/rows/auditRow';
import type { AuditSource } from '../../shared/core/audit/auditSource';
import { EVENTS_FEEDS } from '../../shared/core/events/eventsFeed';
import { oneOf } from '../../shared/n8n/parameters/itemParameters';
import { toTexts, toWholeNumber } from '../../shared/n8n/parameters/parameters';
import type { AuditContext } from '../auditContext';
import { isOwnList } from './ownList';

export interface OpenSource {
	readonly name: AuditSourceName;
	readonly source: AuditSource<unknown>;
	/** The node itself, where its own requests show in the log. */
	readonly own?: Requester;
	/** @param tag that is looked for in every vault. */
	names(rows: readonly AuditRow[], tag?: string): Promise<AuditNames>;
}

/**
 * @param ignoreOwn whether the node's own lists do not count for the size of a batch of new rows. Default false.
 * @throws OnePasswordError INVALID_INPUT where the credential is of no use.
 */
export async function openSource(context: AuditContext, ignoreOwn = false): Promise<OpenSource> {
	const { parameters, services, self } = context;
	const timeoutMs = toWholeNumber(parameters.collection('options').timeout, 'Timeout', 1);
	const name = oneOf(parameters.value('source') ?? 'connect', AUDIT_SOURCES, 'Source');
	if (name === 'events') return await openEvents(context, timeoutMs);
	const { run, tokenId } = await services.connect({ expectMany: true, timeoutMs });
	const { client, reads, effects, workflowId } = run;
	const own = tokenId !== undefined && workflowId !== '' ? { tokenId, workflowId, node: self.name } : undefined;
	const counts = ignoreOwn && own ? (row: AuditRow): boolean => !isOwnList(row, own) : undefined;
	return {
		name,
		...(own && { own }),
		source: connectActivitySource(client, effects.now, counts) as AuditSource<unknown>,
		names: async (rows, tag) => await readAuditNames(reads, rows, tag),
	};
}

/** Its events have ids and no names of items and vaults, and only a Connect server could tell them. */
async function openEvents({ parameters, services }: AuditContext, timeoutMs: number | undefined): Promise<OpenSource> {
	const feeds = toTexts(parameters.value('feeds'), 'Event Kinds').map((feed) => oneOf(feed, EVENTS_FEEDS, 'Event Kinds'));
	const source = await services.events({
		...(feeds.length > 0 && { feeds }),
		withNoise: parameters.flag('includeBackground', 'Include Background Events'),
		timeoutMs,
	});
	return {
		name: 'events',
		source,
		names: async () => await Promise.resolve({ complete: (row) => row, tagged: new Map() }),
	};
}
