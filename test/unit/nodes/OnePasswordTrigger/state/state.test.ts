import { describe, expect, it } from '@jest/globals';

import { forgetReports, mustReport } from '../../../../../nodes/OnePasswordTrigger/poll/failureReports';
import { parseState } from '../../../../../nodes/OnePasswordTrigger/state/pollState';
import { loadState, storeState } from '../../../../../nodes/OnePasswordTrigger/state/stateStore';
import { toOptions } from '../../../../../nodes/OnePasswordTrigger/loadOptions/toOptions';
import { OnePasswordError, type ErrorCode } from '../../../../../nodes/shared/core/errors/onePasswordError';
import { pollParameters } from '../../../../../nodes/shared/n8n/parameters/pollParameters';
import { kindsOf, openWatcher, settingsOf } from '../poll/pollScene';
import { fakePoll } from '../poll/pollFakes';

const VAULT = { seen: '', content: 1, listedAt: 0, items: '' };
const BATCH = { id: 1, process: 'p', at: 5, events: [] };
const STATE = { format: 1, serial: 3, vaults: { v: VAULT } };

describe('a stored state', () => {
	it('is read as it was written, and shares nothing with it', () => {
		const parsed = parseState(STATE);
		expect(parsed).toEqual(STATE);
		expect(parsed?.vaults).not.toBe(STATE.vaults);
	});

	it.each<[string, unknown]>([
		['nothing', undefined],
		['null', null],
		['text', 'state'],
		['a list', [STATE]],
		['another format', { ...STATE, format: 2 }],
		['no serial', { ...STATE, serial: 'x' }],
		['no vaults', { ...STATE, vaults: undefined }],
		['an outage since an object', { ...STATE, downSince: { toString: 5 } }],
		...['doubts', 'newest', 'baseline', 'baselineContent'].map((name): [string, unknown] => [
			`an odd ${name}`,
			{ ...STATE, vaults: { v: { ...VAULT, [name]: { toString: 5 } } } },
		]),
		['vaults in a list', { ...STATE, vaults: [VAULT] }],
		['a vault that is none', { ...STATE, vaults: { v: 1 } }],
		['a vault without items', { ...STATE, vaults: { v: { ...VAULT, items: undefined } } }],
		['a time that is none', { ...STATE, vaults: { v: { ...VAULT, listedAt: 'now' } } }],
		['codes that are none', { ...STATE, vaults: { v: { ...VAULT, prints: { i: { attributes: [], fields: [null] } } } } }],
		['codes without fields', { ...STATE, vaults: { v: { ...VAULT, prints: { i: {} } } } }],
		['chosen items that are none', { ...STATE, chosen: { a: 1 } }],
		['a batch that is none', { ...STATE, unconfirmed: { process: 'p' } }],
		['a batch of nothing', { ...STATE, unconfirmed: { process: 'p', events: [null] } }],
		['a batch that waits for nothing', { ...STATE, unconfirmed: { process: 'p', events: [], waiting: 1 } }],
		['batches that are no list', { ...STATE, batches: {} }],
		['a batch without a process', { ...STATE, batches: [{ ...BATCH, process: undefined }] }],
		['a batch without events', { ...STATE, batches: [{ ...BATCH, events: undefined }] }],
		['a batch with an odd count', { ...STATE, batches: [{ ...BATCH, lost: 'x' }] }],
	])('that holds %s is none', (_what, stored) => {
		expect(parseState(stored)).toBeUndefined();
	});

	it('of an earlier release has its batch among the others', () => {
		const [told, waiting] = [{ eventId: 'told' }, { eventId: 'waiting' }];
		const parsed = parseState({ ...STATE, unconfirmed: { process: 'p', events: [told], waiting: [waiting] } });
		expect(parsed).not.toHaveProperty('unconfirmed');
		expect(parsed?.batches).toEqual([
			{ id: 0, process: '', at: 0, events: [waiting] },
			{ id: 0, process: 'p', at: 0, events: [told] },
		]);
	});

	it('whose items were cut short begins anew, and tells nothing of it', async () => {
		const { poll, scene, state } = await openWatcher({}, { items: Array.from({ length: 30 }, () => ({})) });
		await poll();
		const vaults = Object.entries(state()?.vaults ?? {}).map(([id, vault]) => [id, { ...vault, seen: '', items: vault.items.slice(0, 240) }]);
		const cut = parseState({ ...state(), vaults: Object.fromEntries(vaults) });
		const { poll: pollOnce } = await import('../../../../../nodes/OnePasswordTrigger/poll/poll');
		const { watch } = await openWatcher();
		expect(cut).toBeDefined();
		const result = await pollOnce({ ...watch(), run: scene.open() }, cut, 200);
		expect(result.events).toEqual([]);
		expect(kindsOf(await poll())).toEqual([]);
	});
});

describe('the place of the state', () => {
	it.each<[string, number | undefined, 'node' | 'global', string]>([
		['is the workflow', 300_000, 'global', 'onePasswordTrigger:node-id'],
		['is the workflow in releases without a budget', undefined, 'global', 'onePasswordTrigger:node-id'],
		['is the node under the durable scheduler', 36_000, 'node', 'onePasswordTrigger'],
	])('%s', (_what, budgetMs, place, key) => {
		const data = { node: {}, global: {} };
		const context = fakePoll({ budgetMs, data });
		storeState(context, parseState(STATE) as never);
		expect(data).toEqual({ node: {}, global: {}, [place]: { [key]: { ...STATE, serial: 4 } } });
		expect(loadState(context, 'unknown')?.serial).toBe(4);
	});

	it('may have changed: the newer copy counts, and one that cannot be read does not', () => {
		const key = 'onePasswordTrigger:node-id';
		const load = (node: unknown, global: unknown): number | undefined =>
			loadState(fakePoll({ data: { node: { onePasswordTrigger: node as never }, global: { [key]: global as never } } }), 'unknown')?.serial;
		expect(load(STATE, { ...STATE, serial: 9 })).toBe(9);
		expect(load({ ...STATE, serial: 10 }, { ...STATE, serial: 9 })).toBe(10);
		expect(load('garbage', STATE)).toBe(3);
		expect(load(undefined, undefined)).toBeUndefined();
	});
});

describe('a failure', () => {
	const failed = (code: ErrorCode): OnePasswordError => new OnePasswordError({ code, message: 'It failed.', advice: 'Look.' });

	it('is reported once, again when it is another one, and again after a success', () => {
		const context = fakePoll();
		forgetReports(context, 'once');
		const report = (code: ErrorCode): boolean => mustReport(context, 'once', failed(code), false);
		expect([report('NETWORK'), report('NETWORK'), report('AUTH_FAILED'), report('AUTH_FAILED')]).toEqual([true, false, true, false]);
		forgetReports(context, 'once');
		expect(report('AUTH_FAILED')).toBe(true);
	});

	it('is reported anew by a new activation, but not by each poll of the durable scheduler', () => {
		const report = (budgetMs: number, key: string): boolean => mustReport(fakePoll({ budgetMs }), key, failed('AUTH_FAILED'), false);
		expect([report(300_000, 'a'), report(300_000, 'a')]).toEqual([true, true]);
		expect([report(36_000, 'b'), report(36_000, 'b')]).toEqual([true, false]);
	});

	it.each<[ErrorCode, boolean]>([
		['NETWORK', false],
		['UNAVAILABLE', false],
		['RATE_LIMITED', false],
		['PROTOCOL', false],
		['AUTH_FAILED', true],
		['VAULT_NOT_FOUND', true],
	])('%s: whether it stops a workflow from being published again: %j', (code, isReported) => {
		const context = fakePoll({ activation: 'update' });
		expect(mustReport(context, `again ${code}`, failed(code), false)).toBe(isReported);
		// The next poll on schedule says so; a report is made once.
		expect(mustReport(context, `again ${code}`, failed(code), false)).toBe(!isReported);
		expect(mustReport(fakePoll({ activation: 'update' }), `first ${code}`, failed(code), true)).toBe(true);
	});

	it('does not stop n8n from activating the workflow by itself, unless watching has never begun', () => {
		const context = fakePoll({ activation: 'init' });
		const report = (isFirstRun: boolean): boolean => mustReport(context, 'init', failed('NETWORK'), isFirstRun);
		expect([report(false), report(false), report(false)]).toEqual([false, true, false]);
		expect(mustReport(fakePoll({ activation: 'init' }), 'init', failed('NETWORK'), true)).toBe(true);
	});
});

describe('the settings', () => {
	it('have defaults', () => {
		const settings = settingsOf({ events: ['updated'] });
		expect(settings).toMatchObject({
			scope: { kind: 'allVaults' },
			detail: 'versions',
			maxEvents: 200,
			fullListingMs: 900_000,
			atLeastOnce: true,
			ignoreOwnWrites: false,
			includeOwnWorkflow: false,
			serverHealth: false,
		});
		expect([...settings.events]).toEqual(['updated']);
	});

	it('read what is entered', () => {
		const options = {
			delivery: 'atMostOnce',
			emitExisting: true,
			fullListingMinutes: 2,
			maxEvents: '5',
			timeout: 7,
			ignoreOwnWrites: true,
			includeOwnWorkflow: true,
		};
		const vault = { mode: 'name', value: 'Production' };
		const settings = settingsOf({
			events: 'updated, serverHealth',
			scope: 'items',
			vault,
			items: ['One', 'op://Staging/Two/field'],
			options,
			filters: { tags: 'a,b', title: ' x ' },
		});
		expect(settings).toMatchObject({
			atLeastOnce: false,
			maxEvents: 5,
			fullListingMs: 120_000,
			timeoutMs: 7,
			ignoreOwnWrites: true,
			includeOwnWorkflow: true,
			serverHealth: true,
			filter: { tags: ['a', 'b'], title: 'x' },
		});
		expect([...settings.events]).toEqual(['updated', 'serverHealth', 'existing']);
		expect(settings.scope).toMatchObject({
			entries: [
				{ vault: { text: 'Production' }, item: { text: 'One' } },
				{ vault: { text: 'Staging' }, item: { text: 'Two' } },
			],
		});
	});

	it.each<[object]>([
		[{ events: [] }],
		[{ events: ['renamed'] }],
		[{ scope: 'vaults', vaults: [] }],
		[{ scope: 'vaults', vaults: ' , ' }],
		[{ scope: 'items', items: [] }],
		[{ scope: 'items', items: ['op://vault'] }],
		[{ scope: 'somewhere' }],
		[{ detail: 'everything' }],
		[{ options: { maxEvents: 0 } }],
		[{ options: { fullListingMinutes: 0.5 } }],
		[{ options: { delivery: 'twice' } }],
		[{ options: { emitExisting: null } }],
		[{ reveal: 'selected' }],
	])('refuse %j', (parameters) => {
		expect(() => settingsOf({ events: ['updated'], ...parameters })).toThrow(OnePasswordError);
	});
});

it('parameters of a poll are those of the node, none where it has none', () => {
	const parameters = pollParameters(fakePoll({ parameters: { scope: 'vaults', options: { timeout: 1 } } }));
	expect([parameters.value('scope'), parameters.value('none'), parameters.value('options')]).toEqual(['vaults', undefined, { timeout: 1 }]);
});

it('choices stand in alphabetical order, and show their ids where they share a name', () => {
	expect(
		toOptions([
			{ id: '3', name: 'b' },
			{ id: '2', name: 'a' },
			{ id: '1', name: 'b' },
		]),
	).toEqual([
		{ name: 'a', value: '2' },
		{ name: 'b (1)', value: '1' },
		{ name: 'b (3)', value: '3' },
	]);
});
