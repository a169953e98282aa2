import { describe, expect, it } from '@jest/globals';

import type { FullItem } from '../../../../nodes/shared/core/wire';
import { CANARY, expectNoSecret, expectRefusal } from '../../../support/refusal';
import { openScene } from '../../../support/connectScene';

const OTHER = 'b'.repeat(26);

describe('the reads of one run', () => {
	it('send one request for any number of callers, at once or later', async () => {
		const { run, vaultId, itemId, trace } = await openScene();
		const ask = async (): Promise<unknown> =>
			await Promise.all([
				run.reads.vaults(),
				run.reads.vault(vaultId),
				run.reads.items(vaultId),
				run.reads.items(vaultId, 'title eq "Payments API"'),
				run.reads.item(vaultId, itemId),
				run.reads.files(vaultId, itemId),
			]);
		const answers = await Promise.all(Array.from({ length: 20 }, ask));
		expect(await ask()).toEqual(answers[0]);
		expect(trace()).toHaveLength(6);
	});

	it('are not shared between two runs', async () => {
		const { run, open, trace } = await openScene();
		await run.reads.vaults();
		await open().reads.vaults();
		expect(trace()).toHaveLength(2);
	});

	it('share a failure as well', async () => {
		const { run, vaultId, trace } = await openScene();
		const attempts = Array.from({ length: 5 }, async () => await run.reads.item(vaultId, OTHER));
		for (const attempt of attempts) await expectRefusal(attempt, { code: 'ITEM_NOT_FOUND' });
		expect(trace()).toEqual(['GET 404']);
	});

	it('ask again for an item that is about to be written', async () => {
		const { run, vaultId, itemId, trace } = await openScene();
		await run.reads.item(vaultId, itemId);
		run.reads.forgetItem(vaultId, itemId);
		await run.reads.item(vaultId, itemId);
		expect(trace()).toHaveLength(2);
	});
});

describe('after a write', () => {
	const made = (vaultId: string): FullItem => ({
		id: OTHER,
		title: 'Made',
		vault: { id: vaultId },
		category: 'LOGIN',
		version: 1,
		fields: [{ id: 'password', type: 'CONCEALED', purpose: 'PASSWORD', value: CANARY }],
	});

	it('the written item is in lists and reads, without a request', async () => {
		const { run, vaultId, itemId, trace } = await openScene();
		await run.reads.items(vaultId);
		run.reads.rememberItem(made(vaultId));
		expect((await run.reads.items(vaultId)).map(({ id }) => id)).toEqual([itemId, OTHER]);
		expect(await run.reads.item(vaultId, OTHER)).toEqual(made(vaultId));
		expect(trace()).toHaveLength(1);
	});

	it('the written item is in lists once, as last written', async () => {
		const { run, vaultId, itemId } = await openScene();
		run.reads.rememberItem({ ...made(vaultId), id: itemId });
		run.reads.rememberItem({ ...made(vaultId), id: itemId, title: 'Renamed' });
		expect((await run.reads.items(vaultId)).map(({ title }) => title)).toEqual(['Renamed']);
	});

	it('the written item is in no other vault', async () => {
		const { emulator, run, vaultId } = await openScene({ vaults: [{ name: 'Staging' }] });
		run.reads.rememberItem(made(vaultId));
		expect(await run.reads.items(emulator.admin.vault('Staging').id)).toEqual([]);
	});

	it('the deleted item is gone from lists that still show it', async () => {
		const { run, vaultId, itemId } = await openScene();
		expect(await run.reads.items(vaultId)).toHaveLength(1);
		run.reads.rememberDeletion(vaultId, itemId);
		expect(await run.reads.items(vaultId)).toEqual([]);
	});

	it('the row of the written item contains only what rows contain', async () => {
		const { run, vaultId } = await openScene();
		run.reads.rememberItem(made(vaultId));
		expectNoSecret({ json: await run.reads.items(vaultId) }, [CANARY]);
	});

	it('read the contents of a file once', async () => {
		const { run, vaultId, itemId, trace } = await openScene({ items: [{ title: 'A', files: [{ name: 'x', content: CANARY }] }] });
		const [file] = await run.reads.files(vaultId, itemId);
		const contents = await Promise.all([1, 2].map(async () => await run.reads.fileContent(vaultId, itemId, file?.id ?? '')));
		expect(contents.map(String)).toEqual([CANARY, CANARY]);
		expect(trace()).toHaveLength(2);
	});

	it('ask again once for all callers that find an item outdated', async () => {
		const { run, vaultId, itemId, trace } = await openScene();
		const old = await run.reads.item(vaultId, itemId);
		const newer = await Promise.all([1, 2, 3].map(async () => await run.reads.itemAfter(old)));
		expect(new Set(newer).size).toBe(1);
		expect(newer[0]).not.toBe(old);
		expect(await run.reads.itemAfter(old)).toBe(newer[0]);
		expect(trace()).toHaveLength(2);
	});
});
