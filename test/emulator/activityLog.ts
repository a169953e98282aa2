import type { ApiRequest } from '../../nodes/shared/core/wire';
import type { Behaviour } from './behaviour';
import { uuidOf } from './ids';
import { timestamp } from './store/timestamp';

export interface Visit {
	readonly action: 'READ' | 'CREATE' | 'UPDATE' | 'DELETE';
	readonly result?: 'SUCCESS' | 'DENY';
	readonly vaultId?: string;
	readonly itemId?: string;
	readonly itemVersion?: number;
}

export interface Visitor {
	readonly atMs: number;
	readonly jti: string;
	readonly userAgent?: string;
	readonly ip?: string;
}

/** A row in the spelling of the documentation pages. */
export type DocsApiRequest = Omit<ApiRequest, 'requestId' | 'actor'> & {
	readonly requestID: string;
	readonly actor: Omit<ApiRequest['actor'], 'requestIp'> & { readonly ip?: string };
};

export interface ActivityPage {
	readonly rows: ReadonlyArray<ApiRequest | DocsApiRequest>;
	/** For Content-Range: `1-50/1134`. */
	readonly range: string;
}

/** Who did what to which vault or item, oldest first, up to the retention. */
export class ActivityLog {
	private rows: ApiRequest[] = [];
	private count = 0;

	constructor(
		private readonly behaviour: Behaviour,
		private readonly serverId: string,
	) {}

	add(visit: Visit, visitor: Visitor): void {
		this.count += 1;
		this.rows.push(this.row(visit, visitor));
		// Dropping one row at each request would move all others every time.
		if (this.rows.length > 2 * this.behaviour.activity.retention) this.rows = this.kept();
	}

	clear(): void {
		this.rows = [];
	}

	page(limit: number, offset: number, callerJti: string): ActivityPage {
		const { order, scope, maxLimit, spelling } = this.behaviour.activity;
		const seen = scope === 'callerOnly' ? this.kept().filter(({ actor }) => actor.jti === callerJti) : this.rows;
		// Copying a long log for every page would take longer than everything else.
		const first = seen === this.rows ? this.firstKept() : 0;
		const total = seen.length - first;
		const [from, to] = [offset, offset + Math.min(limit, maxLimit)].map((place) => Math.min(place, total)) as [number, number];
		const rows =
			order === 'newestFirst'
				? seen.slice(seen.length - to, seen.length - from).reverse()
				: seen.slice(first + from, first + to);
		// The range of an empty page is a guess.
		const range = rows.length === 0 ? '0-0' : `${offset + 1}-${offset + rows.length}`;
		return { rows: spelling === 'docs' ? rows.map(spellAsDocs) : rows, range: `${range}/${total}` };
	}

	private kept(): ApiRequest[] {
		return this.rows.slice(this.firstKept());
	}

	private firstKept(): number {
		return Math.max(0, this.rows.length - this.behaviour.activity.retention);
	}

	private row(visit: Visit, visitor: Visitor): ApiRequest {
		return {
			requestId: uuidOf(`${this.serverId}/${this.count}`),
			timestamp: timestamp(visitor.atMs),
			action: visit.action,
			result: visit.result ?? 'SUCCESS',
			actor: {
				id: this.serverId,
				account: this.serverId.replace(/-/g, '').slice(0, 26).toUpperCase(),
				jti: visitor.jti,
				...(visitor.userAgent !== undefined && { userAgent: visitor.userAgent }),
				...(visitor.ip !== undefined && { requestIp: visitor.ip }),
			},
			resource: {
				type: visit.itemId === undefined ? 'VAULT' : 'ITEM',
				...(visit.vaultId !== undefined && { vault: { id: visit.vaultId } }),
				...(visit.itemId !== undefined && { item: { id: visit.itemId } }),
				...(visit.itemVersion !== undefined && { itemVersion: visit.itemVersion }),
			},
		};
	}
}

function spellAsDocs({ requestId, actor: { requestIp, ...actor }, ...rest }: ApiRequest): DocsApiRequest {
	return { requestID: requestId, ...rest, actor: { ...actor, ...(requestIp !== undefined && { ip: requestIp }) } };
}
