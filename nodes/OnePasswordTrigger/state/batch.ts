import type { ChangeEvent } from '../events/changeEvent';

/** Events that were handed over to n8n together. */
export interface Batch {
	/** Unique in the process that handed it over. */
	readonly id: number;
	/** That process of n8n; empty for a batch that could not be handed over yet. */
	readonly process: string;
	/** When it was handed over, milliseconds since the epoch. */
	readonly at: number;
	readonly events: readonly ChangeEvent[];
	/** Executions of it that were lost. */
	readonly lost?: number;
	/** Executions of it in which a node failed. */
	readonly failed?: number;
}
