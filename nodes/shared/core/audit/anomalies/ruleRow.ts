/** What the rules look at of an audit row. */
export interface RuleRow {
	/** RFC 3339. */
	readonly timestamp: string;
	readonly action: string;
	readonly result: string;
	readonly vaultId: string | null;
	readonly itemId: string | null;
	readonly tokenId: string | null;
	readonly userId: string | null;
	readonly ip: string | null;
	readonly userAgent: string | null;
	readonly workflowId: string | null;
	readonly node: string | null;
}
