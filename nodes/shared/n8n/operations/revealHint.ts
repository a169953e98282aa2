import type { IExecuteFunctions } from 'n8n-workflow';

const MESSAGE =
	"This output contains secret values in plain text, and n8n saves it with the execution. To keep them out of n8n's database, open the workflow settings and set 'Save failed production executions', 'Save successful production executions' and 'Save manual executions' to 'Do not save'.";

/** @returns what tells the user, once a run, that revealed values are saved, unless the workflow saves nothing. */
export function makeRevealHint(node: IExecuteFunctions): () => void {
	let isGiven = false;
	return () => {
		if (isGiven) return;
		isGiven = true;
		if (savesExecutions(node)) node.addExecutionHints?.({ message: MESSAGE, type: 'warning', location: 'outputPane' });
	};
}

/** What is not set follows the instance, which saves everything unless it was told otherwise. */
function savesExecutions(node: IExecuteFunctions): boolean {
	const settings = node.getWorkflowSettings?.() ?? {};
	const { saveDataErrorExecution, saveDataSuccessExecution, saveManualExecutions } = settings;
	return saveDataErrorExecution !== 'none' || saveDataSuccessExecution !== 'none' || saveManualExecutions !== false;
}
