import type { N8nRest } from './n8nRest';
import type { Execution, ExecutionData } from './runData';
import { TRIGGER } from './triggerWorkflow';

export interface ToldEvent {
	readonly eventId: string;
	readonly kind: string;
	readonly item: { readonly id: string };
	readonly previousVersion: number | null;
	readonly version: number;
	readonly redelivered: boolean;
	/** Of the execution that it started, or came with. */
	readonly executionId: string;
	/** How this execution ended. */
	readonly status: string;
}

/** The events in all executions of one workflow, each execution read once. */
export class ToldEvents {
	readonly events: ToldEvent[] = [];

	/** Events that are about no item, such as a state that was lost. */
	readonly notices: ToldEvent[] = [];

	/** Those with events. */
	readonly executions: Execution[] = [];

	/** Those that report a failed poll. */
	readonly failures: Execution[] = [];

	private readonly known = new Set<string>();

	constructor(
		private readonly rest: N8nRest,
		readonly workflowId: string,
	) {}

	async refresh(): Promise<void> {
		const fresh = await this.rest.executionsExcept(this.workflowId, this.known);
		for (const { id, status } of fresh.reverse()) {
			// A running execution is read when it has ended, or when a restart has marked it as interrupted.
			if (status === 'new' || status === 'running' || this.known.has(id)) continue;
			this.known.add(id);
			this.take(await this.rest.execution(id));
		}
	}

	/** By the executions' order of creation. */
	inOrder(): ToldEvent[] {
		return [...this.events].sort((a, b) => Number(a.executionId) - Number(b.executionId));
	}

	/** Those whose execution has run to its end. */
	succeeded(): ToldEvent[] {
		return this.inOrder().filter(({ status }) => status === 'success');
	}

	/** How many of the executions a crash broke off: their events were handed over, and their nodes may not have run. */
	crashed(): number {
		return this.executions.filter(({ status }) => status === 'crashed').length;
	}

	private take(execution: Execution): void {
		const events = eventsOf(execution.data);
		if (events.length === 0 && execution.status === 'error') this.failures.push(execution);
		else this.executions.push(execution);
		for (const event of events) {
			const isOfItem = (event as Partial<ToldEvent>).item !== undefined;
			(isOfItem ? this.events : this.notices).push({ ...event, executionId: execution.id, status: execution.status });
		}
	}
}

interface Stacked {
	readonly executionData?: {
		readonly nodeExecutionStack?: ReadonlyArray<{
			readonly node: { readonly name: string };
			readonly data: { readonly main?: ReadonlyArray<ReadonlyArray<{ readonly json: unknown }> | null> };
		}>;
	};
}

/** What the trigger put out; of an execution that did not get that far, what it was given to start with. */
function eventsOf(data: ExecutionData | undefined): ToldEvent[] {
	const [turn] = data?.resultData.runData[TRIGGER] ?? [];
	const start = (data as Stacked | undefined)?.executionData?.nodeExecutionStack?.find(({ node }) => node.name === TRIGGER);
	const items = turn?.data?.main[0] ?? start?.data.main?.[0] ?? [];
	return items.map(({ json }) => json as ToldEvent).filter(({ eventId }) => eventId !== undefined);
}
