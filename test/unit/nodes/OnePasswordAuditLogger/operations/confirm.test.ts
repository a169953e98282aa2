import { describe, expect, it } from '@jest/globals';
import { NodeOperationError, type INodeExecutionData } from 'n8n-workflow';

import { confirm } from '../../../../../nodes/OnePasswordAuditLogger/operations/confirm';
import { newState } from '../../../../../nodes/OnePasswordAuditLogger/state/auditState';
import { Parameters } from '../../../../../nodes/shared/n8n/parameters/parameters';
import { NODE } from '../../../n8n/fakeNode';

const KEY = 'onePasswordAuditLogger:id';
const POSITION = { source: 'connect', cursor: {}, lastHash: 'a'.repeat(64) };
const ROW = { eventId: 'e', details: '{"error":"x"}', error: null };

function run(items: ReadonlyArray<Partial<INodeExecutionData>>, mode = 'trigger'): { output: unknown; confirmed: unknown; hints: string[] } {
	const pending = { position: POSITION, executionId: '42', rows: 2, hasMore: true, hasGap: false };
	const staticData: Record<string, unknown> = { [KEY]: { ...newState('Audit'), pending } };
	const hints: string[] = [];
	const node = {
		getNode: () => ({ ...NODE, name: 'Confirm' }),
		getNodeParameter: () => '',
		getParentNodes: () => [{ name: 'Audit' }],
		getInputData: () => items,
		getExecutionId: () => '42',
		getMode: () => mode,
		getWorkflowStaticData: () => staticData,
		addExecutionHints: ({ message }: { message: string }) => hints.push(message),
	} as never;
	let output: unknown;
	try {
		output = confirm.run({ node, parameters: new Parameters(node, 0) });
	} catch (error) {
		output = error;
	}
	return { output, confirmed: (staticData[KEY] as { confirmed?: unknown }).confirmed, hints };
}

describe('confirming', () => {
	it('lets the next run go on', () => {
		const { output, confirmed, hints } = run([{ json: ROW }, { json: { success: true } }]);
		expect(output).toEqual({ events: [{ confirmed: true, events: 2, hasMore: true, hasGap: false, lastHash: POSITION.lastHash }] });
		expect([confirmed, hints]).toEqual([POSITION, []]);
	});

	it.each<[string, Partial<INodeExecutionData>]>([
		['alone', { json: { error: 'relation "x" does not exist' } }],
		['as an object', { json: { error: { code: '42P01' } } }],
		['with a message, as Postgres gives it', { json: { message: 'Failed query', error: {} } }],
		['beside the row that it belongs to', { json: { ...ROW, error: 'duplicate key' } }],
		['beside the json', { json: {}, error: new NodeOperationError(NODE, 'down') }],
	])('is refused where an item is an error, %s', (_what, item) => {
		const { output, confirmed } = run([{ json: ROW }, item]);
		expect(output).toMatchObject({
			code: 'INVALID_INPUT',
			message: expect.stringMatching(/^Storing the events has failed: input item 1 is an error\. Nothing was confirmed/),
			advice: expect.stringContaining("'On Error'"),
		});
		expect(confirmed).toBeUndefined();
	});

	it('by hand says that nothing is kept, and gives no hash to keep elsewhere', () => {
		const { output, hints } = run([{ json: ROW }], 'manual');
		expect(output).toEqual({ events: [{ confirmed: false, manual: true, events: 2, hasMore: true, hasGap: false, lastHash: null }] });
		expect(hints).toEqual([expect.stringContaining('Nothing was confirmed')]);
	});
});
