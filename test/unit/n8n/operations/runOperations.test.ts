import { describe, expect, it } from '@jest/globals';
import { NodeOperationError } from 'n8n-workflow';

import { invalidInput } from '../../../../nodes/shared/core/errors/onePasswordError';
import {
	defineResource,
	type OpenContext,
	type OperationOutput,
	type Resource,
	type SeveralOutputsOperation,
	type SingleOutputOperation,
} from '../../../../nodes/shared/n8n/operations/operation';
import { runOperations } from '../../../../nodes/shared/n8n/operations/runOperations';
import { fakeNode } from '../fakeNode';
import { disclose } from './disclose';

type Run = (index: number) => Promise<OperationOutput>;

const { facts } = disclose();

function resourceOf(run: Run, openContext: OpenContext<number>, rest: Partial<SingleOutputOperation<number>> = {}): Resource {
	const operation = { value: 'get', name: 'Get', action: 'Get', description: 'Gets', properties: [], run, ...rest };
	return defineResource({ value: 'item', name: 'Item', credentials: [], openContext, operations: [operation] });
}

interface Options {
	readonly inputs?: number;
	readonly continueOnFail?: boolean;
	readonly open?: OpenContext<number>;
	readonly resource?: string;
	readonly operation?: string;
	readonly rest?: Partial<SingleOutputOperation<number>>;
}

const openIndex: OpenContext<number> = async () => await Promise.resolve((index: number) => index);

async function runAll(
	run: Run,
	{ inputs = 3, open = openIndex, resource = 'item', operation = 'get', rest, ...options }: Options = {},
): ReturnType<typeof runOperations> {
	const parameters = { resource, operation };
	const node = fakeNode({ ...options, node: { parameters }, inputs: Array.from({ length: inputs }, () => ({})) });
	return await runOperations(node, [resourceOf(run, open, rest)]);
}

const failing =
	(...bad: number[]): Run =>
	async (index) => {
		await new Promise(setImmediate);
		if (bad.includes(index)) throw invalidInput(`Input ${index} is bad.`, 'Mend it.');
		return facts({ index });
	};

describe('the input items', () => {
	it('come out in their order, paired, however long each takes', async () => {
		const [output] = await runAll(
			async (index) => {
				for (let turn = 0; turn < 20 - index; turn++) await new Promise(setImmediate);
				return facts({ index });
			},
			{ inputs: 20 },
		);
		expect(output).toEqual(Array.from({ length: 20 }, (_, index) => ({ json: { index }, pairedItem: { item: index } })));
	});

	it('come out as many as the operation makes of each', async () => {
		const [output] = await runAll(async (index) => await Promise.resolve(Array.from({ length: index }, (_, n) => facts({ n }))));
		expect(output?.map(({ json, pairedItem }) => [json.n, pairedItem])).toEqual([
			[0, { item: 1 }],
			[0, { item: 2 }],
			[1, { item: 2 }],
		]);
	});

	it('come out with files as binary data', async () => {
		const file = { property: 'data', name: 'key.pem', bytes: Buffer.from('x') };
		const [output] = await runAll(async () => await Promise.resolve(disclose().bytes()({ id: 'f' }, file)), { inputs: 1 });
		expect(output).toMatchObject([{ json: { id: 'f' }, binary: { data: { fileName: 'key.pem' } }, pairedItem: { item: 0 } }]);
	});

	it('come out as data where it merely looks like a file', async () => {
		const looksLikeFile = { json: { id: 'f' }, file: { property: 'data', name: 'n' } };
		expect(await runAll(async () => await Promise.resolve(facts(looksLikeFile)), { inputs: 1 })).toEqual([
			[{ json: looksLikeFile, pairedItem: { item: 0 } }],
		]);
	});

	it.each<[string, number | undefined, number]>([
		['eight at a time', undefined, 8],
		['one after the other where the operation says so', 1, 1],
	])('are worked on %s', async (_what, concurrency, expected) => {
		let running = 0;
		let most = 0;
		await runAll(
			async () => {
				most = Math.max(most, ++running);
				await new Promise(setImmediate);
				running--;
				return [];
			},
			{ inputs: 30, rest: { concurrency } },
		);
		expect([most, running]).toEqual([expected, 0]);
	});

	it('share one opening, which knows how many they are', async () => {
		const opened: number[] = [];
		const node = fakeNode({ inputs: Array.from({ length: 5 }, () => ({ resource: 'item', operation: 'get' })) });
		const open: OpenContext<number> = async (_node, inputs) => {
			opened.push(inputs);
			return await Promise.resolve((index: number) => index);
		};
		await runOperations(node, [resourceOf(failing(), open)]);
		expect(opened).toEqual([5]);
	});

	it('that are none make none', async () => {
		expect(await runAll(failing(), { inputs: 0 })).toEqual([[]]);
	});

	it('that are none leave no failure unhandled', async () => {
		const unhandled: unknown[] = [];
		const listen = (reason: unknown): void => void unhandled.push(reason);
		process.on('unhandledRejection', listen);
		try {
			await runAll(failing(), { inputs: 0, open: async () => await Promise.reject(invalidInput('No.', 'Do not.')) }).catch(() => undefined);
			for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
		} finally {
			process.off('unhandledRejection', listen);
		}
		expect(unhandled).toEqual([]);
	});
});

describe('a failed input', () => {
	it('ends the run with the error of the first one, as n8n shows it', async () => {
		const attempt = runAll(failing(1, 2));
		await expect(attempt).rejects.toThrow(NodeOperationError);
		await expect(attempt).rejects.toMatchObject({ message: 'Input 1 is bad. [ONEPASSWORD_INVALID_INPUT]', context: { itemIndex: 1 } });
	});

	it('lets nothing new start, and waits for what has', async () => {
		const started: number[] = [];
		const ended: number[] = [];
		const attempt = runAll(
			async (index) => {
				started.push(index);
				if (index === 0) throw invalidInput('Bad.', 'Mend it.');
				for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
				ended.push(index);
				return [];
			},
			{ inputs: 30 },
		);
		await expect(attempt).rejects.toThrow('Bad.');
		expect(started.length).toBeLessThanOrEqual(8);
		expect(ended).toEqual(started.filter((index) => index !== 0));
	});

	it('with Continue On Fail becomes an item of its own, and the others come out', async () => {
		const [output] = await runAll(failing(1), { continueOnFail: true });
		expect(output).toEqual([
			{ json: { index: 0 }, pairedItem: { item: 0 } },
			{ json: { error: { code: 'INVALID_INPUT', message: 'Input 1 is bad.', advice: 'Mend it.' } }, pairedItem: { item: 1 } },
			{ json: { index: 2 }, pairedItem: { item: 2 } },
		]);
	});

	it('fails alone even by a defect', async () => {
		const [output] = await runAll(
			async (index) => {
				if (index === 0) throw new TypeError('defect');
				return await Promise.resolve(facts({ index }));
			},
			{ inputs: 2, continueOnFail: true },
		);
		expect(output?.map(({ json }) => json)).toEqual([{ error: { message: 'defect' } }, { index: 1 }]);
	});
});

describe('a run that can not be opened', () => {
	const open = async (): Promise<never> => await Promise.reject(invalidInput('No server.', 'Enter one.'));

	it('fails', async () => {
		await expect(runAll(failing(), { open })).rejects.toMatchObject({
			message: 'No server. [ONEPASSWORD_INVALID_INPUT]',
			context: { itemIndex: 0 },
		});
	});

	it('with Continue On Fail fails for each input', async () => {
		const [output] = await runAll(failing(), { open, continueOnFail: true });
		expect(output?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(output?.every(({ json }) => (json.error as { code: string }).code === 'INVALID_INPUT')).toBe(true);
	});

	it.each([
		['item', 'read'],
		['audit', 'get'],
		['', ''],
	])('says which operation there is not: of %p, %p', async (resource, operation) => {
		await expect(runAll(failing(), { resource, operation })).rejects.toThrow(`The node has no operation "${operation}" of resource "${resource}".`);
	});
});

describe('a node with only one resource', () => {
	const INPUTS = [{ n: 1 }, { n: 'bad' }, { n: 2 }];

	/** Tells each number, and what is more than one on the second output, too. */
	const operation: SeveralOutputsOperation<unknown> = {
		value: 'test',
		name: 'Test',
		action: 'Test',
		description: 'Test',
		properties: [],
		outputs: 2,
		run: (n) => {
			if (n === 'bad') throw invalidInput("'N' is bad.", 'Mend it.');
			return [[facts({ n: Number(n) })], Number(n) > 1 ? [facts({ n: Number(n) })] : []];
		},
	};

	const run = async (rest: Partial<typeof operation>, continueOnFail = true, name = 'test'): Promise<unknown> => {
		const openContext: OpenContext<unknown> = async () => await Promise.resolve((index: number) => INPUTS[index]?.n);
		const resource = { value: 'log', name: 'Log', credentials: [], openContext, operations: [{ ...operation, ...rest }] };
		const node = fakeNode({ inputs: INPUTS, continueOnFail, node: { parameters: { operation: name } } });
		return await runOperations(node, defineResource(resource));
	};

	it('fills its outputs for each input item: rows, anomalies and errors belong to it', async () => {
		expect(await run({})).toEqual([
			[
				{ json: { n: 1 }, pairedItem: { item: 0 } },
				{ json: { error: { code: 'INVALID_INPUT', message: "'N' is bad.", advice: 'Mend it.' } }, pairedItem: { item: 1 } },
				{ json: { n: 2 }, pairedItem: { item: 2 } },
			],
			[{ json: { n: 2 }, pairedItem: { item: 2 } }],
		]);
		await expect(run({}, false)).rejects.toMatchObject({ message: "'N' is bad. [ONEPASSWORD_INVALID_INPUT]", context: { itemIndex: 1 } });
	});

	it('runs an operation once, for the first input item, where it says so', async () => {
		expect(await run({ once: true })).toEqual([[{ json: { n: 1 }, pairedItem: { item: 0 } }], []]);
	});

	it('says which operation there is not', async () => {
		await expect(run({}, false, 'read')).rejects.toThrow('The node has no operation "read".');
	});
});
