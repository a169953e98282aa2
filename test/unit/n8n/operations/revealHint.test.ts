import { describe, expect, it } from '@jest/globals';
import type { IWorkflowSettings, NodeExecutionHint } from 'n8n-workflow';

import { makeRevealHint } from '../../../../nodes/shared/n8n/operations/revealHint';
import { fakeNode } from '../fakeNode';

function hintsOf(settings: IWorkflowSettings | undefined, reveals = 1): NodeExecutionHint[] {
	const hints: NodeExecutionHint[] = [];
	const onReveal = makeRevealHint(fakeNode({ settings, addExecutionHints: (...more) => void hints.push(...more) }));
	for (let reveal = 0; reveal < reveals; reveal++) onReveal();
	return hints;
}

describe('a revealed value', () => {
	it.each<[string, IWorkflowSettings | undefined]>([
		['nothing is set', {}],
		['n8n tells no settings', undefined],
		['the instance decides', { saveDataSuccessExecution: 'DEFAULT', saveDataErrorExecution: 'DEFAULT', saveManualExecutions: 'DEFAULT' }],
		['manual executions are saved', { saveDataSuccessExecution: 'none', saveDataErrorExecution: 'none', saveManualExecutions: true }],
		['failed executions are saved', { saveDataSuccessExecution: 'none', saveDataErrorExecution: 'all', saveManualExecutions: false }],
		['successful executions are saved', { saveDataSuccessExecution: 'all', saveDataErrorExecution: 'none', saveManualExecutions: false }],
	])('is followed by how to keep it out of the database where %s', (_what, settings) => {
		expect(hintsOf(settings)).toEqual([{ message: expect.stringContaining("'Do not save'"), type: 'warning', location: 'outputPane' }]);
	});

	it('needs no hint where nothing is saved', () => {
		expect(hintsOf({ saveDataSuccessExecution: 'none', saveDataErrorExecution: 'none', saveManualExecutions: false })).toEqual([]);
	});

	it('has one hint a run', () => {
		expect(hintsOf({}, 100)).toHaveLength(1);
	});

	it('does no harm where n8n knows no hints', () => {
		expect(() => makeRevealHint(fakeNode())()).not.toThrow();
	});
});
