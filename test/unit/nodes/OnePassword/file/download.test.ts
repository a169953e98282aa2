import { createHash } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';
import type { NodeExecutionHint } from 'n8n-workflow';

import { byName } from '../../../../support/parameters';
import { AS_TOOL, nodeScene } from '../nodeScene';

const { emulator, run, expectRefusal, idOf } = nodeScene([
	{
		title: 'Certificate',
		files: [
			{ name: 'a.pem', content: 'pem' },
			{ name: 'twin', content: '1' },
			{ name: 'twin', content: '2' },
		],
	},
]);

const download = (file: string, rest: object = {}): Record<string, unknown> => ({
	resource: 'file',
	operation: 'download',
	vault: byName('Production'),
	item: byName('Certificate'),
	file: byName(file),
	binaryPropertyName: 'data',
	...rest,
});

describe('File: Download', () => {
	it('puts the contents into the binary field, and describes the file', async () => {
		const hints: NodeExecutionHint[] = [];
		const output = await run(download('a.pem'), { addExecutionHints: (...more) => void hints.push(...more) });
		expect(output).toMatchObject([
			{
				json: { name: 'a.pem', size: 3, itemId: idOf('Certificate'), vaultId: emulator().admin.vault('Production').id },
				binary: { data: { fileName: 'a.pem', data: createHash('sha256').update('pem').digest('hex') } },
			},
		]);
		expect(hints).toHaveLength(1);
	});

	it('takes the name of the binary field from the parameter', async () => {
		const [output] = await run(download('a.pem', { binaryPropertyName: 'certificate' }));
		expect(Object.keys(output?.binary ?? {})).toEqual(['certificate']);
	});

	it('gives an AI agent nothing, and sends nothing', async () => {
		await expectRefusal('REVEAL_REFUSED', download('a.pem'), AS_TOOL);
		expect(emulator().requests).toEqual([]);
	});

	it.each([
		['gone', 'ITEM_NOT_FOUND'],
		['twin', 'AMBIGUOUS'],
	] as const)('fails where the name %s leads to no single file: %s', async (name, code) => {
		await expectRefusal(code, download(name));
	});
});
