import { describe, expect, it } from '@jest/globals';

import { resolveReference, resolveReferences, type ResolvedReference } from '../../../../nodes/shared/connect/secrets/resolveReferences';
import type { Outcome } from '../../../../nodes/shared/async/outcome';
import type { SeedItem } from '../../../emulators/connect';
import { CANARY, expectNoSecret, expectRefusal } from '../../../support/refusal';
import { openScene, type Scene } from '../../../support/connectScene';

const item = (title: string, rest: Partial<SeedItem> = {}): SeedItem => ({
	title,
	category: 'API_CREDENTIAL',
	fields: [
		{ id: 'key', label: 'key', type: 'CONCEALED', value: `key of ${title}` },
		{ id: 'user', label: 'user', type: 'STRING', value: `user of ${title}` },
		{ id: 'empty', label: 'empty', type: 'CONCEALED' },
	],
	...rest,
});

const items = (count: number, prefix = 'Item'): SeedItem[] => Array.from({ length: count }, (_, index) => item(`${prefix} ${index}`));

function valuesOf(outcomes: ReadonlyArray<Outcome<ResolvedReference>>): unknown[] {
	return outcomes.map((outcome) => (outcome.ok ? outcome.value.value : outcome.error.code));
}

/** The routes asked for, each with how often. */
function routesOf({ emulator }: Scene): Record<string, number> {
	const routes = emulator.requests.map(({ method, route, path }) => `${method} ${route}${path.includes('filter=') ? ' filtered' : ''}`);
	return Object.fromEntries([...new Set(routes)].map((route) => [route, routes.filter((one) => one === route).length]));
}

const VAULTS = 'GET /v1/vaults';
const LIST = 'GET /v1/vaults/{vaultUuid}/items';
const FILTERED = `${LIST} filtered`;
const ITEM = 'GET /v1/vaults/{vaultUuid}/items/{itemUuid}';

describe('the requests for references', () => {
	it('for 500 references to 100 items in 5 vaults are 106', async () => {
		const names = ['Production', 'B', 'C', 'D', 'E'];
		const scene = await openScene({ items: items(20), vaults: names.slice(1).map((name) => ({ name, items: items(20) })) });
		const references = ['key', 'user', 'KEY', 'empty', 'key?attribute=type'].flatMap((field) =>
			names.flatMap((vault) => Array.from({ length: 20 }, (_, index) => `op://${vault}/Item ${index}/${field}`)),
		);
		const outcomes = await resolveReferences(scene.run, references);
		expect(references).toHaveLength(500);
		expect(valuesOf(outcomes)).toEqual(
			references.map((text) => {
				const [, , , title, field = ''] = text.split('/');
				return { key: `key of ${title}`, user: `user of ${title}`, KEY: `key of ${title}`, empty: '' }[field] ?? 'concealed';
			}),
		);
		expect(routesOf(scene)).toEqual({ [VAULTS]: 1, [LIST]: 5, [ITEM]: 100 });
	});

	it('for one reference are three, and the list is filtered', async () => {
		const scene = await openScene({ items: items(30) });
		expect(await resolveReference(scene.run, 'op://Production/Item 7/key')).toMatchObject({ value: 'key of Item 7' });
		expect(routesOf(scene)).toEqual({ [VAULTS]: 1, [FILTERED]: 1, [ITEM]: 1 });
	});

	it('for two items in one vault need one list, and in two vaults a filter each', async () => {
		const scene = await openScene({ items: items(30), vaults: [{ name: 'B', items: items(2) }] });
		await resolveReferences(scene.run, ['op://Production/Item 1/key', `op://${scene.vaultId}/Item 2/key`, 'op://B/Item 1/key']);
		expect(routesOf(scene)).toEqual({ [VAULTS]: 1, [LIST]: 1, [FILTERED]: 1, [ITEM]: 3 });
	});

	it('for an item by ID need no list', async () => {
		const scene = await openScene({ items: items(3) });
		const ids = scene.emulator.admin.items('Production').map(({ id }) => id);
		const outcomes = await resolveReferences(
			scene.run,
			ids.map((id) => `op://Production/${id}/key`),
		);
		expect(valuesOf(outcomes)).toEqual(['key of Item 0', 'key of Item 1', 'key of Item 2']);
		expect(routesOf(scene)).toEqual({ [VAULTS]: 1, [ITEM]: 3 });
	});

	it('for the same item by ID and by name share one read', async () => {
		const scene = await openScene({ items: items(3) });
		await resolveReferences(scene.run, [`op://Production/${scene.itemId}/key`, 'op://Production/Item 0/user', 'op://production/ITEM 0/key']);
		expect(routesOf(scene)).toEqual({ [VAULTS]: 1, [LIST]: 1, [ITEM]: 1 });
	});

	it('of several inputs of one run are made once', async () => {
		const scene = await openScene({ items: items(40) });
		const run = scene.open({ expectMany: true });
		await Promise.all(
			Array.from(
				{ length: 40 },
				async (_, index) => await resolveReferences(run, [`op://Production/Item ${index}/key`, 'op://Production/Item 0/user']),
			),
		);
		expect(routesOf(scene)).toEqual({ [VAULTS]: 1, [LIST]: 1, [ITEM]: 40 });
	});

	it('are at most eight at a time for any number of inputs', async () => {
		const { run, emulator } = await openScene({ items: items(60) });
		let underWay = 0;
		let most = 0;
		const read = run.client.item.bind(run.client);
		run.client.item = async (...ids) => {
			most = Math.max(most, ++underWay);
			return await read(...ids).finally(() => underWay--);
		};
		const half = (from: number): string[] => Array.from({ length: 30 }, (_, index) => `op://Production/Item ${from + index}/key`);
		await Promise.all([resolveReferences(run, half(0)), resolveReferences(run, half(30))]);
		expect([most, emulator.requests.filter(({ route }) => route?.endsWith('{itemUuid}')).length]).toEqual([8, 60]);
	});

	it('are not sent for text that is not a reference', async () => {
		const scene = await openScene();
		expect(valuesOf(await resolveReferences(scene.run, ['hunter2', 'op://x']))).toEqual(['INVALID_INPUT', 'INVALID_INPUT']);
		expect(await resolveReferences(scene.run, [])).toEqual([]);
		expect(scene.trace()).toEqual([]);
	});
});

describe('the target of a reference', () => {
	it('is described by IDs, label, section and type', async () => {
		const admin = { id: 's', label: 'Admin' };
		const { run, vaultId, itemId } = await openScene({
			items: [
				item('A', {
					sections: [admin],
					fields: [{ id: 'f', label: 'pin', section: admin, type: 'CONCEALED', value: CANARY }],
					files: [{ name: 'x.txt', content: CANARY }],
				}),
			],
		});
		const field = await resolveReference(run, 'op://Production/A/admin/PIN', { reveal: false });
		expect(field).toEqual({ kind: 'field', vaultId, itemId, id: 'f', label: 'pin', section: 'Admin', type: 'concealed', concealed: true });
		const file = await resolveReference(run, 'op://Production/A/x.txt', { reveal: false });
		expect(file).toMatchObject({ kind: 'file', label: 'x.txt', type: 'file', concealed: true });
		expectNoSecret([field, file], [CANARY]);
	});

	it('without Reveal is read without the file, and shows only what is not secret', async () => {
		const scene = await openScene({
			items: [
				item('A', {
					files: [
						{ name: 'x', content: 'y' },
						{ name: 'none', content: '' },
					],
				}),
			],
		});
		const references = ['key', 'user', 'empty', 'key?attribute=id', 'x', 'none'].map((field) => `op://Production/A/${field}`);
		const outcomes = await resolveReferences(scene.run, references, { reveal: false });
		expect(valuesOf(outcomes)).toEqual([undefined, 'user of A', '', 'key', undefined, '']);
		expect(routesOf(scene)).toEqual({ [VAULTS]: 1, [FILTERED]: 1, [ITEM]: 1 });
	});

	it('is refused for a binary file, without its bytes', async () => {
		const bytes = Buffer.from([0xc3, 0x28, ...Buffer.from(CANARY)]);
		const { run } = await openScene({ items: [item('A', { files: [{ name: 'logo.png', content: bytes }] })] });
		const error = await expectRefusal(resolveReference(run, 'op://Production/A/logo.png'), { code: 'INVALID_INPUT' }, [CANARY]);
		expect(error.message).toContain('logo.png" is not text');
	});
});

describe('a failure to resolve', () => {
	it('concerns only its reference, which it contains', async () => {
		const { run } = await openScene({ items: [item('A'), item('Twin'), item('Twin')] });
		const texts = ['op://Production/A/key', 'op://Production/A/nope', 'op://Production/Twin/key', 'op://Nowhere/A/key', 'op://Production/B/key'];
		const outcomes = await resolveReferences(run, texts);
		expect(valuesOf(outcomes)).toEqual(['key of A', 'FIELD_NOT_FOUND', 'AMBIGUOUS', 'VAULT_NOT_FOUND', 'ITEM_NOT_FOUND']);
		outcomes.forEach((outcome, index) => {
			if (outcome.ok) return;
			expect(outcome.error.message).toMatch(new RegExp(`^${texts[index]}: [A-Z0-9]`));
			expect(outcome.error.details.reference).toBe(texts[index]);
		});
		expect(outcomes[2]).toMatchObject({ error: { details: { candidates: [{}, {}] } } });
	});

	it('gives the position of text that is not a reference, without showing it', async () => {
		const { run } = await openScene();
		const outcomes = await resolveReferences(run, ['op://Production/Payments API/credential', CANARY, `op://a\n${CANARY}`]);
		expect(outcomes[1]).toMatchObject({ ok: false, error: { message: 'Reference 2: The secret reference does not start with "op://".' } });
		expect(outcomes[2]).toMatchObject({ ok: false, error: { message: expect.stringMatching(/^op:\/\/a: /) } });
		expectNoSecret(outcomes.slice(1), [CANARY]);
	});

	it.each([
		['AUTH_FAILED', { kind: 'status', status: 401 }],
		['UNAVAILABLE', { kind: 'status', status: 503 }],
		['PROTOCOL', { kind: 'html' }],
	] as const)('of the server (%s) concerns all references, and nothing more is requested', async (code, fault) => {
		const scene = await openScene({ items: items(50) });
		scene.break('GET', fault, { path: /items\/\w/ });
		const references = Array.from({ length: 50 }, (_, index) => `op://Production/Item ${index}/key`);
		await expectRefusal(resolveReferences(scene.run, references), { code });
		expect(new Set(scene.emulator.requests.map(({ path }) => path)).size).toBeLessThanOrEqual(2 + 8);
	});

	it("because the token can't access the vault concerns the reference", async () => {
		const { emulator, open } = await openScene({ vaults: [{ name: 'Hidden', items: [item('A')] }] });
		const run = open({ token: emulator.issueToken({ vaults: { Production: 'r' } }) });
		expect(valuesOf(await resolveReferences(run, ['op://Hidden/A/key', 'op://Production/Payments API/hostname']))).toEqual([
			'VAULT_NOT_FOUND',
			'old.example.com',
		]);
	});

	it.each(['hidden', 'listed', 'gone'] as const)('is caused by an archived item, on a server where those are %s', async (archivedItems) => {
		const { run, itemId } = await openScene({ items: [item('A', { state: 'ARCHIVED' })], behaviour: { archivedItems } });
		await expectRefusal(resolveReference(run, `op://Production/${itemId}/key`), { code: 'ITEM_NOT_FOUND' });
		await expectRefusal(resolveReference(run, 'op://Production/A/key'), { code: 'ITEM_NOT_FOUND' });
	});
});

describe('the position of a reference', () => {
	it('in a list is in its errors, and text that is not a reference is not repeated', async () => {
		const { run } = await openScene();
		const texts = ['op://Production/None/key', 'hunter2-canary', 'op://Production/None/key2'];
		const outcomes = await resolveReferences(run, texts, { places: ['Line 3', 'Line 5', undefined] });
		const messages = outcomes.map((outcome) => (outcome.ok ? '' : outcome.error.message));
		expect(messages[0]).toMatch(/^Line 3: op:\/\/Production\/None\/key: /);
		expect(messages[1]).toMatch(/^Line 5: The secret reference does not start/);
		expect(messages[2]).toMatch(/^op:\/\/Production\/None\/key2: /);
		expect(messages.join()).not.toContain('hunter2');
	});
});
