/** A table that stores the audit node's rows and returns them to it. */

import type { AuditExecution, AuditHost } from './auditHost';

import type { IDataObject, INodeParameters } from 'n8n-workflow';

export interface AuditTableOptions {
	/** Number of rows passed on. Default 2,000. */
	readonly limit?: number;
	/** Whether two rows of one event may stay beside each other, as in a table without a unique column. Default false. */
	readonly allowsTwins?: boolean;
}

export class AuditTable {
	private rows: IDataObject[] = [];

	constructor(
		private readonly host: AuditHost,
		private readonly parameters: INodeParameters = {},
		private readonly options: AuditTableOptions = {},
	) {}

	get all(): readonly IDataObject[] {
		return this.rows;
	}

	/** One execution on a worker that knows nothing, over the newest rows; nothing is stored yet. */
	async collect(inputs: readonly object[] = this.newest()): Promise<AuditExecution> {
		const before = this.host.staticData;
		this.host.staticData = '{}';
		const parameters = { operation: 'collect', position: 'storedRows', hashChain: true, ...this.parameters };
		const execution = await this.host.runAlone(parameters, inputs.length > 0 ? inputs : [{}], { typeVersion: 2 });
		if (this.host.staticData !== '{}') throw new Error(`Static data was written: ${this.host.staticData}`);
		this.host.staticData = before;
		return execution;
	}

	/** The newest ones, last one first. */
	newest(): IDataObject[] {
		const { limit = 2_000 } = this.options;
		return [...this.rows].sort((one, other) => Number(other.sequence) - Number(one.sequence)).slice(0, limit);
	}

	/** Row by row, as a node that overwrites by event id. @param count of them, should n8n die in between. */
	store(events: readonly IDataObject[], count = events.length): void {
		for (const row of events.slice(0, count)) {
			if (this.rows.some(({ eventId }) => eventId === row.eventId)) {
				this.rows = this.rows.map((stored) => (stored.eventId === row.eventId ? { ...row } : stored));
			} else this.rows.push({ ...row });
		}
	}

	/** Inserts without checking for existing rows. */
	insert(events: readonly IDataObject[]): void {
		if (!this.options.allowsTwins) throw new Error('The table has a unique column');
		this.rows.push(...events.map((row) => ({ ...row })));
	}

	async run(): Promise<AuditExecution> {
		const execution = await this.collect();
		this.store(execution.events);
		return execution;
	}

	/** @returns the report of Verify Chain over all rows. */
	async verify(): Promise<IDataObject | undefined> {
		return (await this.host.runAlone({ operation: 'verify' }, this.rows.length > 0 ? this.rows : [{}])).events[0];
	}

	remove(isRemoved: (row: IDataObject) => boolean): void {
		this.rows = this.rows.filter((row) => !isRemoved(row));
	}
}
