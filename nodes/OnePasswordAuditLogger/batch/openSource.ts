/** What the node collects from. */

import { readAuditNames, type AuditNames } from '../../shared/connect/audit/auditNames';
import { connectActivitySource } from '../../shared/connect/audit/activitySource';
import type { Requester } from '../../shared/core/audit/anomalies/client';
import type { AuditRow, AuditSourceName } from '../../shared/core/audit/rows/auditRow';
import type { AuditSource } from '../../shared/core/audit/auditSource';
import type { AuditContext } from '../auditContext';
import { timeoutOption } from '../../shared/n8n/properties/options';
import { feeds, includeBackground, source as sourceChoice } from '../properties/source';
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
	const timeoutMs = timeoutOption.read(parameters);
	const name = sourceChoice.read(parameters);
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
async function openEvents({ parameters, services }: AuditContext, timeoutMs: number): Promise<OpenSource> {
	const chosen = feeds.read(parameters);
	const source = await services.events({
		...(chosen.length > 0 && { feeds: chosen }),
		withNoise: includeBackground.read(parameters),
		timeoutMs,
	});
	return {
		name: 'events',
		source,
		names: async () => await Promise.resolve({ complete: (row) => row, tagged: new Map() }),
	};
}
