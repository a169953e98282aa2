import { expect, it } from '@jest/globals';

import { runOperation } from '../../../../nodes/OnePasswordAuditLogger/runOperation';
import type { AuditOperation } from '../../../../nodes/OnePasswordAuditLogger/auditOperation';
import { invalidInput } from '../../../../nodes/shared/core/errors/onePasswordError';
import { fakeNode } from '../../n8n/fakeNode';

const INPUTS = [{ n: 1 }, { n: 'bad' }, { n: 2 }];

/** Tells each number once, and what is more than one as an anomaly, too. */
function operation(forEachItem?: boolean): AuditOperation {
	return {
		value: 'test',
		name: 'Test',
		action: 'Test',
		description: 'Test',
		properties: [],
		...(forEachItem !== undefined && { forEachItem }),
		run: ({ parameters }) => {
			const n = parameters.value('n');
			if (n === 'bad') throw invalidInput("'N' is bad.", 'Mend it.');
			return { events: [{ n }], anomalies: Number(n) > 1 ? [{ n }] : [] };
		},
	};
}

const run = async (forEachItem?: boolean, continueOnFail = true, inputs: ReadonlyArray<Record<string, unknown>> = INPUTS): Promise<unknown> =>
	await runOperation(fakeNode({ inputs, continueOnFail, node: { parameters: { operation: 'test' } } }), [operation(forEachItem)]);

it('runs for each input item: its rows, its anomalies and its error belong to it', async () => {
	expect(await run(true)).toEqual([
		[
			{ json: { n: 1 }, pairedItem: { item: 0 } },
			{ json: { error: { code: 'INVALID_INPUT', message: "'N' is bad.", advice: 'Mend it.' } }, pairedItem: { item: 1 } },
			{ json: { n: 2 }, pairedItem: { item: 2 } },
		],
		[{ json: { n: 2 }, pairedItem: { item: 2 } }],
	]);
	await expect(run(true, false)).rejects.toMatchObject({ message: "'N' is bad. [ONEPASSWORD_INVALID_INPUT]", context: { itemIndex: 1 } });
});

it('runs once, for the first one, unless told otherwise', async () => {
	expect(await run()).toEqual([[{ json: { n: 1 }, pairedItem: { item: 0 } }], []]);
});
