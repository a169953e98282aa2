import type { Recent } from '../../shared/core/recent';
import type { AuditRow } from '../../shared/core/audit/rows/auditRow';

/** Longer than it takes until the activity log shows a read, and until the next poll. */
const MAX_AGE_MS = 3600 * 1000;

/**
 * Items that polls of this process have asked for because a list was in doubt. Other processes, and this one after a restart,
 * know nothing of it: then the read is reported.
 */
export class OwnReads {
	/** @param reads when each item was asked for. @param now milliseconds since the epoch. */
	constructor(
		private readonly reads: Recent<number>,
		private readonly now: () => number,
	) {}

	note(vaultId: string, itemId: string): void {
		this.reads.set(`${vaultId}/${itemId}`, this.now());
	}

	/** @returns whether the row may be of such a read. */
	explain({ vaultId, itemId }: AuditRow): boolean {
		const at = this.reads.get(`${vaultId}/${itemId}`);
		return at !== undefined && this.now() - at <= MAX_AGE_MS;
	}
}
