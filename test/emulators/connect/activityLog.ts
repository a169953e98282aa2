import type { ApiRequest } from '../../../nodes/shared/core/wire';
import type { Behaviour } from './behaviour';
import { uuidOf } from './ids';
import { timestamp } from './store/timestamp';

export interface Visit {
	readonly action: 'READ' | 'CREATE' | 'UPDATE' | 'DELETE';
	readonly result?: 'SUCCESS' | 'DENY';
	/** Of a denied request: as the caller sent it. */
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
	/** For Content-Range: `1-50/1134`. Absent where the server sends none. */
	readonly range?: string;
}

/** Who did what to which vault or item, oldest first, up to the retention. */
export class ActivityLog {
	private rows: ApiRequest[] = [];
	private count = 0;

	constructor(
		private readonly behaviour: Behaviour,
		/** Both 26 upper-case base32 characters. */
		private readonly serverId: string,
		private readonly account: string,
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
		const { order, scope, maxLimit, spelling, contentRange } = this.behaviour.activity;
		const seen = scope === 'callerOnly' ? this.kept().filter(({ actor }) => actor.jti === callerJti) : this.rows;
		// Copying a long log for every page would take longer than everything else.
		const first = seen === this.rows ? this.firstKept() : 0;
		const total = seen.length - first;
		const [from, to] = [offset, offset + Math.min(limit, maxLimit)].map((place) => Math.min(place, total)) as [number, number];
		const rows = order === 'newestFirst' ? seen.slice(seen.length - to, seen.length - from).reverse() : seen.slice(first + from, first + to);
		// The range of an empty page is a guess.
		const range = rows.length === 0 ? '0-0' : `${offset + 1}-${offset + rows.length}`;
		return {
			rows: spelling === 'docs' ? rows.map(spellAsDocs) : rows,
			...(contentRange !== 'absent' && { range: `${range}/${contentRange === 'full' ? total : '*'}` }),
		};
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
			timestamp: timestamp(visitor.atMs, this.behaviour),
			action: visit.action,
			result: visit.result ?? 'SUCCESS',
			actor: {
				id: this.serverId,
				account: this.account,
				jti: visitor.jti,
				...(visitor.userAgent !== undefined && { userAgent: visitor.userAgent }),
				...(visitor.ip !== undefined && { requestIp: visitor.ip }),
			},
			resource: this.resourceOf(visit),
		};
	}

	private resourceOf({ result, vaultId, itemId, itemVersion }: Visit): ApiRequest['resource'] {
		const hasType = result !== 'DENY' || itemId !== undefined || this.behaviour.activity.deniedResource === 'full';
		const type = itemId === undefined ? 'VAULT' : 'ITEM';
		return {
			// The API description calls it required; recorded rows of denied requests have none.
			...((hasType && { type }) as { type: typeof type }),
			...(vaultId !== undefined && { vault: { id: vaultId } }),
			...(itemId !== undefined && { item: { id: itemId } }),
			...(itemVersion !== undefined && { itemVersion }),
		};
	}
}

function spellAsDocs({ requestId, actor: { requestIp, ...actor }, ...rest }: ApiRequest): DocsApiRequest {
	return { requestID: requestId, ...rest, actor: { ...actor, ...(requestIp !== undefined && { ip: requestIp }) } };
}
