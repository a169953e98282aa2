import { createRequire } from 'node:module';
import { loadAuditWorkflow, tablesOf } from './auditWorkflow';
import { ensureN8nInstalled } from './n8nInstall';
import type { WorkflowDocument } from './n8nRest';
import { startPostgres, type Postgres, type Row } from './postgres';
import { nodeNamed } from './workflowFile';

type Format = (query: string, values: readonly unknown[]) => string;

/** n8n brings it along. */
async function loadFormat(): Promise<Format> {
	const { entry } = await ensureN8nInstalled();
	const { as } = createRequire(entry)('pg-promise') as { as: { format: Format } };
	return as.format;
}

/** The tables of the audit workflow, in a PostgreSQL of their own, and its queries on them, without n8n. */
export class AuditTables {
	private constructor(
		private readonly postgres: Postgres,
		private readonly workflow: WorkflowDocument,
		private readonly format: Format,
	) {}

	static async create(): Promise<AuditTables> {
		const [postgres, workflow, format] = await Promise.all([startPostgres(), loadAuditWorkflow({}), loadFormat()]);
		const tables = new AuditTables(postgres, workflow, format);
		try {
			await tables.query(tablesOf(workflow));
			return tables;
		} catch (error) {
			await tables.drop();
			throw error;
		}
	}

	/** Runs the query of a node of the workflow, with its values put in as the node Postgres does it. */
	async run(node: string, ...values: unknown[]): Promise<Row[]> {
		const { query } = nodeNamed(this.workflow, node)['parameters'] as { query: string };
		return await this.query(this.format(query, values));
	}

	/** Stores rows and their anomalies, as a run does. */
	async store(rows: readonly object[], anomalies: readonly object[] = [], severities = '', previousHash: string | null = null): Promise<void> {
		await this.run('Store events', JSON.stringify(rows), JSON.stringify(anomalies), severities, previousHash);
	}

	async query(sql: string, ...values: unknown[]): Promise<Row[]> {
		return await this.postgres.query(sql, values);
	}

	async drop(): Promise<void> {
		await this.postgres.stop();
	}
}
