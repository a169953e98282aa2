/** An audit row in the shape of the Elastic Common Schema 8. */

import { ipOf } from './anomalies/ipAddress';
import type { RowVerdict } from './anomalies/judgeRow';
import { SEVERITIES } from './anomalies/rule';
import type { AuditRow } from './rows/auditRow';
import type { Json } from '../json';

export type EcsEvent = { readonly [name: string]: Json };

const TYPE_OF_ACTION: Readonly<Record<string, string>> = {
	READ: 'access',
	CREATE: 'creation',
	UPDATE: 'change',
	DELETE: 'deletion',
};

/** The schema allows a category a few types only: of these, none but `api` can be denied. */
const CATEGORY_OF_KIND: Readonly<Record<string, string>> = {
	access: 'api',
	gap: 'api',
	collectorStarted: 'api',
	positionLost: 'api',
	signInAttempt: 'authentication',
	auditEvent: 'configuration',
};

/**
 * What the schema has no place for stands under `onepassword`; what is not known is left out.
 * @param verdict makes it an alert.
 */
export function toEcsEvent(row: AuditRow, verdict?: RowVerdict): EcsEvent {
	const category = CATEGORY_OF_KIND[row.kind] ?? 'iam';
	const isDenied = row.result === 'DENY' && category === 'api';
	return compact({
		'@timestamp': row.timestamp,
		ecs: { version: '8.11.0' },
		event: {
			id: row.eventId,
			kind: verdict ? 'alert' : 'event',
			module: 'onepassword',
			dataset: `onepassword.${row.source}`,
			category: [category],
			type: [TYPE_OF_ACTION[row.action] ?? 'info', ...(isDenied ? ['denied'] : [])],
			action: row.action,
			outcome: row.result === 'SUCCESS' ? 'success' : row.result === 'DENY' ? 'failure' : 'unknown',
			severity: verdict && 1 + SEVERITIES.indexOf(verdict.severity),
			reason: verdict?.reason,
		},
		message: verdict?.reason,
		user: { id: row.userId, full_name: row.userName, email: row.userEmail },
		// A field for addresses only: text that is none would cost the whole event.
		source: { address: row.ip, ip: row.ip === null ? null : ipOf(row.ip), geo: { country_iso_code: row.country } },
		user_agent: { original: row.userAgent },
		onepassword: {
			kind: row.kind,
			vault: { id: row.vaultId, name: row.vaultName },
			item: { id: row.itemId, title: row.itemTitle, version: row.itemVersion },
			token: { id: row.tokenId, name: row.tokenName },
			n8n: { workflow_id: row.workflowId, execution_id: row.executionId, node: row.node },
			details: row.details,
			anomalies: verdict?.anomalies.map((anomaly) => ({ ...anomaly })),
		},
	});
}

function compact(members: EcsEvent): EcsEvent {
	const kept = Object.entries(members).flatMap(([name, value]): Array<[string, Json]> => {
		if (value === null || value === undefined) return [];
		if (typeof value !== 'object' || Array.isArray(value)) return [[name, value]];
		const inner = compact(value as EcsEvent);
		return Object.keys(inner).length > 0 ? [[name, inner]] : [];
	});
	return Object.fromEntries(kept);
}
