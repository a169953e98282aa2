import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { pollNode } from '../../../../../nodes/OnePasswordTrigger/delivery/pollNode';
import { CANARY, expectNoSecret } from '../../../../support/refusal';
import { openScene, type Scene } from '../../../../support/connectScene';
import { NO_LAG } from '../../../../emulators/connect';
import { GATEWAY_ANSWERS } from '../../../../support/gatewayAnswers';
import { fakePoll, type FakePollOptions } from '../poll/pollFakes';

interface Node {
	readonly scene: Scene;
	readonly data: { readonly node: IDataObject; readonly global: IDataObject };
	poll(options?: FakePollOptions): Promise<ReadonlyArray<Record<string, unknown>> | null>;
}

/** Each its own node, as failures are remembered by node for as long as n8n lives. */
let count = 0;

async function openNode(parameters: object = {}): Promise<Node> {
	const scene = await openScene({ behaviour: NO_LAG });
	const data = { node: {}, global: {} };
	const nodeId = `node ${count++}`;
	const base: FakePollOptions = {
		parameters: { events: ['updated'], simplify: true, ...parameters },
		credential: { serverUrl: scene.emulator.url, accessToken: scene.emulator.token },
		data,
		nodeId,
	};
	return {
		scene,
		data,
		async poll(options = {}) {
			const items = await pollNode(fakePoll({ ...base, ...options }));
			expect(items?.length ?? 1).toBe(1);
			return items?.[0]?.map(({ json }) => json) ?? null;
		},
	};
}

const edit = ({ scene }: Node): unknown => scene.emulator.admin.editItem('Production', scene.itemId, { favorite: true });

/** As n8n finds it after a crash: the batch of another process. */
function restart({ data }: Node): void {
	const [state] = Object.values(data.global) as Array<{ batches?: Array<{ process: string }> }>;
	for (const batch of state?.batches ?? []) batch.process = 'the one that crashed';
}

describe('a poll of the node', () => {
	it('is null where there is nothing to tell, and remembers', async () => {
		const node = await openNode();
		expect([await node.poll(), await node.poll()]).toEqual([null, null]);
		expect(node.data).toMatchObject({ node: {}, global: { [Object.keys(node.data.global)[0] ?? '']: { serial: 2 } } });
		edit(node);
		expect(await node.poll()).toMatchObject([{ kind: 'updated', redelivered: false }]);
		expect(await node.poll()).toBeNull();
	});

	it('tells again what may not have been delivered, with the same id', async () => {
		const node = await openNode({ detail: 'item', reveal: 'all' });
		await node.poll();
		edit(node);
		const [first] = (await node.poll()) ?? [];
		expectNoSecret(node.data, [CANARY]);
		restart(node);
		const [again] = (await node.poll()) ?? [];
		expect(again).toMatchObject({ eventId: first?.eventId, redelivered: true, item: { fields: { credential: CANARY } } });
		restart(node);
		expect(await node.poll()).toHaveLength(1);
		expect(await node.poll()).toBeNull();
	});

	it('says in the log of n8n what comes again, and why a poll failed, without a value', async () => {
		const node = await openNode();
		const warnings: object[] = [];
		const lines: object[] = [];
		await node.poll();
		edit(node);
		await node.poll();
		restart(node);
		await node.poll({ warnings });
		node.scene.break('GET', { kind: 'status', status: 401, message: CANARY });
		const onLog = (message: string, metadata: object): void => void lines.push({ message, ...metadata });
		await expect(node.poll({ warnings, onLog })).rejects.toMatchObject({ code: 'AUTH_FAILED' });
		const where = { workflowId: 'wf1', nodeName: 'Rotate key' };
		expect(warnings).toEqual([{ message: expect.stringContaining('handed over again'), batches: 1, events: 1, ...where }]);
		expect(lines).toMatchObject([{ code: 'ONEPASSWORD_AUTH_FAILED', workflowId: 'wf1', node: 'Rotate key' }]);
		expect(JSON.stringify(lines)).not.toContain(CANARY);
	});

	it.each<[string, object, FakePollOptions]>([
		['at most once', { options: { delivery: 'atMostOnce' } }, {}],
		['in one transaction', {}, { budgetMs: 36_000 }],
	])('tells nothing again where events are delivered %s', async (_what, parameters, options) => {
		const node = await openNode(parameters);
		await node.poll(options);
		edit(node);
		expect(await node.poll(options)).toHaveLength(1);
		expect(JSON.stringify(node.data)).not.toContain('batches');
	});

	it('that fails throws once and leaves the state alone', async () => {
		const node = await openNode();
		await node.poll();
		const before = structuredClone(node.data);
		node.scene.break('GET', { kind: 'status', status: 401 });
		const options = { budgetMs: 36_000, data: node.data };
		await expect(node.poll()).rejects.toMatchObject({ code: 'AUTH_FAILED' });
		expect(await node.poll(options)).toBeNull();
		expect(node.data).toEqual(before);
		node.scene.emulator.faults.clear();
		edit(node);
		expect(await node.poll()).toHaveLength(1);
	});

	it.each(GATEWAY_ANSWERS.slice(1, 4))(
		'because %s answers finds the server out of reach, and goes on when it is back',
		async (_what, status, body) => {
			const node = await openNode({ events: ['updated', 'serverHealth'] });
			await node.poll();
			node.scene.break('GET', { kind: 'status', status, body });
			const events = [...((await node.poll()) ?? [])];
			expect(await node.poll()).toBeNull();
			node.scene.emulator.faults.clear();
			edit(node);
			events.push(...((await node.poll()) ?? []));
			expect(events.map(({ kind, reason }) => [kind, reason])).toEqual([
				['serverUnreachable', 'UNAVAILABLE'],
				['serverReachable', undefined],
				['updated', undefined],
			]);
		},
	);

	it.each([
		['in quotes', ['"op://Production/Payments API"']],
		['as lines of an environment file', '# watched\n\nexport A="op://Production/Payments API/credential" # key\n'],
	])('watches items whose references were copied %s', async (_how, items) => {
		const node = await openNode({ scope: 'items', items });
		await node.poll();
		edit(node);
		expect(await node.poll()).toHaveLength(1);
	});

	it('at the start throws each time', async () => {
		const node = await openNode({ scope: 'vaults', vaults: ['None'] });
		await expect(node.poll()).rejects.toMatchObject({ code: 'VAULT_NOT_FOUND' });
		await expect(node.poll()).rejects.toMatchObject({ code: 'VAULT_NOT_FOUND' });
		expect(node.data).toEqual({ node: {}, global: {} });
	});

	it('does nothing while the one before is under way', async () => {
		const node = await openNode();
		const both = await Promise.all([node.poll(), node.poll()]);
		expect(both).toEqual([null, null]);
		// The activity log, the vaults, and the items of one.
		expect(node.scene.trace()).toHaveLength(3);
	});

	it('by hand shows samples and remembers nothing', async () => {
		const node = await openNode();
		expect(await node.poll({ mode: 'manual' })).toMatchObject([{ kind: 'updated', item: { title: 'Payments API' } }]);
		expect(node.data).toEqual({ node: {}, global: {} });
	});

	it.each([
		['deleted', { kind: 'deleted', item: { id: expect.any(String) }, changedFields: [] }],
		['restored', { kind: 'restored', item: { title: 'Payments API' }, changedFields: [] }],
		['serverHealth', { kind: 'serverUnreachable', reason: 'NETWORK' }],
	])('by hand shows %s where nothing else is to be told', async (event, expected) => {
		const node = await openNode({ events: [event], detail: 'fields' });
		const output = await node.poll({ mode: 'manual' });
		expect(output).toMatchObject([expected]);
		expect(output?.[0]).not.toHaveProperty('item.fields');
	});

	it.each(['title', 'tags', 'categories', 'ignoreTag'])('refuses the filter %s where it is empty', async (name) => {
		const node = await openNode({ filters: { [name]: name === 'categories' ? [] : ' ' } });
		await expect(node.poll()).rejects.toMatchObject({ code: 'INVALID_INPUT' });
	});

	it('tells fewer new events where old ones come again', async () => {
		const node = await openNode({ options: { maxEvents: 1 } });
		await node.poll();
		edit(node);
		await node.poll();
		restart(node);
		edit(node);
		expect(await node.poll()).toMatchObject([{ version: 2, redelivered: true }]);
		expect(await node.poll()).toMatchObject([{ version: 3, redelivered: false }]);
	});
});

it('a timeout beyond what a timer of Node.js can hold is cut to a day', async () => {
	const scene = await openScene();
	const credential = { serverUrl: scene.emulator.url, accessToken: scene.emulator.token };
	const context = fakePoll({
		parameters: { events: ['updated'], simplify: true, options: { timeout: 2 ** 31 } },
		credential,
		nodeId: 'patient',
	});
	const { helpers } = context as unknown as { helpers: { httpRequestWithAuthentication: (...call: unknown[]) => Promise<unknown> } };
	const send = helpers.httpRequestWithAuthentication;
	const timeouts: unknown[] = [];
	helpers.httpRequestWithAuthentication = async (type, request) => {
		timeouts.push((request as { timeout: number }).timeout);
		return await send(type, request);
	};
	await pollNode(context);
	expect(new Set(timeouts)).toEqual(new Set([24 * 3600 * 1000]));
});
