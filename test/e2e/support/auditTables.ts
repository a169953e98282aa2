import { loadAuditWorkflow, tablesOf } from './auditWorkflow';
import type { WorkflowDocument } from './n8nRest';
import { startPostgres, type Postgres, type Row } from './postgres';
import { nodeNamed } from './workflowFile';

/** The tables of the audit workflow, in a PostgreSQL of their own, and its queries on them, without n8n. */
export class AuditTables {
	private constructor(
		private readonly postgres: Postgres,
		private readonly workflow: WorkflowDocument,
	) {}

	static async create(): Promise<AuditTables> {
		const [postgres, workflow] = await Promise.all([startPostgres(), loadAuditWorkflow({})]);
		const tables = new AuditTables(postgres, workflow);
		try {
			await tables.query(tablesOf(workflow));
			return tables;
		} catch (error) {
			await tables.drop();
			throw error;
		}
	}

	/** Runs the query of a node of the workflow. */
	async run(node: string, ...values: unknown[]): Promise<Row[]> {
		const { query } = nodeNamed(this.workflow, node)['parameters'] as { query: string };
		return await this.query(query, ...values);
	}

	async query(sql: string, ...values: unknown[]): Promise<Row[]> {
		return await this.postgres.query(sql, values);
	}

	async drop(): Promise<void> {
		await this.postgres.stop();
	}
}
