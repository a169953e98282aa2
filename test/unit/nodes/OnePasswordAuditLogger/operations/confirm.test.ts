import { describe, expect, it } from '@jest/globals';
import { NodeOperationError, type IDataObject, type INodeExecutionData } from 'n8n-workflow';

import { confirm } from '../../../../../nodes/OnePasswordAuditLogger/operations/confirm';
import { newState } from '../../../../../nodes/OnePasswordAuditLogger/state/auditState';
import type { Disclosed } from '../../../../../nodes/shared/n8n/operations/discloser';
import { NODE } from '../../../n8n/fakeNode';
import { fakeContext, rowsOf } from '../fakeContext';

const KEY = 'onePasswordAuditLogger:id';
const POSITION = { source: 'connect', cursor: {}, lastHash: 'a'.repeat(64) };
const ROW = { eventId: 'e', details: '{"error":"x"}', error: null };

function run(items: ReadonlyArray<Partial<INodeExecutionData>>, isManual = false): { output: unknown; confirmed: unknown; hints: readonly string[] } {
	const pending = { position: POSITION, executionId: '42', rows: 2, hasMore: true, hasGap: false };
	const staticData: IDataObject = { [KEY]: { ...newState('Audit'), pending } as unknown as IDataObject };
	const context = fakeContext(
		{ collector: '' },
		{
			inputs: items as readonly INodeExecutionData[],
			isManual,
			staticData: () => staticData,
			nodesBefore: () => [{ name: 'Audit', type: NODE.type, typeVersion: 1, disabled: false, parameters: { operation: 'collect' } }],
		},
	);
	let output: unknown;
	try {
		output = rowsOf(confirm.run(context) as Disclosed);
	} catch (error) {
		output = error;
	}
	return { output, confirmed: (staticData[KEY] as { confirmed?: unknown }).confirmed, hints: context.hints };
}

describe('confirming', () => {
	it('lets the next run go on', () => {
		const { output, confirmed, hints } = run([{ json: ROW }, { json: { success: true } }]);
		expect(output).toEqual([{ confirmed: true, events: 2, hasMore: true, hasGap: false, lastHash: POSITION.lastHash }]);
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
		const { output, hints } = run([{ json: ROW }], true);
		expect(output).toEqual([{ confirmed: false, manual: true, events: 2, hasMore: true, hasGap: false, lastHash: null }]);
		expect(hints).toEqual([expect.stringContaining('Nothing was confirmed')]);
	});
});
