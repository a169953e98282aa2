/** What n8n records of one node's turn in a run. */
export interface TaskData {
	startTime: number;
	executionTime: number;
	executionStatus?: string;
	error?: { message: string; description?: string | null; name?: string };
	data?: { main: Array<Array<{ json: Record<string, unknown>; pairedItem?: unknown }> | null> };
	hints?: Array<{ message: string }>;
}

export interface ExecutionData {
	resultData: {
		runData: Record<string, TaskData[]>;
		error?: { message: string; description?: string | null };
		lastNodeExecuted?: string;
	};
}

/** An execution as n8n's CLI prints it. */
export interface CliRun {
	data: ExecutionData;
	status: string;
	mode: string;
	finished?: boolean;
}

/** An execution as n8n's database keeps it. `data` only when it was asked for. */
export interface Execution {
	id: string;
	workflowId: string;
	status: string;
	mode: string;
	startedAt: string;
	stoppedAt: string | null;
	data?: ExecutionData;
}

/** The JSON of the items that a node put out on one output in its last turn. */
export function outputOf(data: ExecutionData, node: string, output = 0): Array<Record<string, unknown>> {
	const turns = data.resultData.runData[node];
	if (!turns) {
		const ran = Object.keys(data.resultData.runData).join(', ');
		throw new Error(`Node "${node}" did not run. These did: ${ran}`);
	}
	const items = turns[turns.length - 1]?.data?.main[output] ?? [];
	return items.map((item) => item.json);
}
