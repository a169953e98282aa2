import { NO_LAG, startConnectEmulator, type ActivitySeed, type ConnectEmulator } from '../emulators/connect';
import { canary, leaksIn } from '../support/canaries';
import { byName, onItem } from '../support/parameters';
import { tokenIdOf } from '../../nodes/shared/core/server/tokenId';
import { formatUserAgent } from '../../nodes/shared/n8n/services/userAgent';
import { AuditHost, type AuditHostOptions } from './support/auditHost';
import { runNode, type Credential } from './support/engine';
import { allowOnlyThisMachine } from './support/onlyEmulator';

/** The audit node in n8n's engine, with static data that lasts from one execution to the next. */

const hosts = allowOnlyThisMachine();

const KEY = canary('key');
const TITLE = 'Payments API';
const KEY_FIELD = { id: 'key', type: 'CONCEALED' as const, label: 'key', value: KEY };
const ITEMS = [{ title: TITLE, tags: ['critical'], fields: [KEY_FIELD] }, { title: 'Other' }];

let emulator: ConnectEmulator;
let credential: Credential;
let production: string;
let other: string | undefined;

beforeEach(async () => {
	emulator = await startConnectEmulator({
		behaviour: { ...NO_LAG, activity: { retention: 200_000, requestIp: true } },
		seed: { vaults: [{ name: 'Production', items: ITEMS }] },
	});
	credential = { serverUrl: emulator.url, accessToken: emulator.token };
	production = emulator.admin.vault('Production').id;
	other = emulator.admin.items('Production')[1]?.id;
});

afterEach(async () => await emulator.close());

const open = async (parameters: AuditHostOptions['parameters'] = {}, rest: AuditHostOptions = {}): Promise<AuditHost> =>
	await AuditHost.open(credential, { parameters, ...rest });

/** Someone else's requests. */
const log = (count: number, rest: Partial<ActivitySeed> = {}): void => {
	const [vaultId, itemId] = [production, other];
	const row = { action: 'READ' as const, vaultId, itemId, userAgent: 'connect-sdk-go/1.5.3', ip: '10.0.0.9', jti: 'theirs' };
	emulator.admin.logActivity(Array.from({ length: count }, () => ({ ...row, ...rest })));
};

const newRun = async (host: AuditHost): Promise<number> => (await host.run()).events.length;

describe('getting new events', () => {
	it('starts with events from now on, and emits each event once', async () => {
		log(5);
		const host = await open();
		expect(await host.run()).toMatchObject({ events: [], hints: [expect.stringContaining("set 'First Run' to 'From a Time'")] });
		log(30);
		expect(await newRun(host)).toBe(30);
		expect(await newRun(host)).toBe(0);
		expect(host.table.size).toBe(30);
	});

	it('names the workflow, the execution and the node that read a secret', async () => {
		const host = await open();
		await host.run();
		await runNode({ credential, parameters: onItem('get', byName(TITLE), { reveal: 'all' }) });
		const { events } = await host.run();
		expect(events.find(({ itemTitle }) => itemTitle === TITLE)).toMatchObject({
			source: 'connect',
			action: 'READ',
			result: 'SUCCESS',
			vaultName: 'Production',
			itemVersion: 1,
			ip: '127.0.0.1',
			workflowId: 'wf-1',
			executionId: '77',
			node: '1Password',
		});
	});

	it('skips its own list requests by default, but never item reads', async () => {
		const host = await open();
		const all = await open({ options: { ignoreOwn: false } });
		for (const one of [host, all]) {
			await one.run();
			log(1);
			await one.run();
		}
		log(1);
		expect(await newRun(host)).toBe(2);
		expect(await newRun(all)).toBeGreaterThan(1);
	});

	it('shows list requests that use its name with another token or node', async () => {
		const host = await open({ rules: ['unknownClient'], ruleSettings: { knownClients: 'x' } });
		await host.run();
		const own = { itemId: undefined, jti: tokenIdOf(emulator.token) };
		const agent = (nodeName: string): string => formatUserAgent({ workflowId: 'wf-1', executionId: '1', nodeName });
		log(1, { ...own, userAgent: agent('Audit') });
		log(1, { ...own, userAgent: agent('Audit'), jti: 'stolen' });
		log(1, { ...own, userAgent: agent('Other') });
		log(1, { ...own, userAgent: agent('Audit'), itemId: other });
		const { events, anomalies } = await host.run();
		expect(events.map(({ tokenId, node, itemId }) => [tokenId, node, itemId])).toEqual([
			['stolen', 'Audit', null],
			[own.jti, 'Other', null],
			[own.jti, 'Audit', other],
		]);
		expect(anomalies.map(({ tokenId, node }) => [tokenId, node])).toEqual([
			['stolen', 'Audit'],
			[own.jti, 'Other'],
		]);
	});

	it('starts at a given time, in batches', async () => {
		log(25, { atMs: Date.now() - 3_600_000 });
		const host = await open({ startFrom: 'time', startTime: new Date(Date.now() - 7_200_000).toISOString(), options: { maxEvents: 10 } });
		const first = await host.run();
		expect([first.events.length, first.confirmed]).toEqual([10, expect.objectContaining({ confirmed: true, hasMore: true })]);
		expect(first.hints.join()).toContain('More events');
		expect([await newRun(host), await newRun(host), host.table.size]).toEqual([10, expect.any(Number), 25]);
	});

	it('repeats the same events, hashes and anomalies until they are stored', async () => {
		const host = await open({ hashChain: true, ruleSettings: { learningDays: 0 } });
		await host.run();
		log(12);
		host.isStoreDown = true;
		const [first, second] = [await host.run(), await host.run()];
		expect(first.error).toContain('The table can not be reached');
		expect(first.events).toHaveLength(12);
		expect(second.events).toEqual(first.events);
		expect(second.anomalies).toEqual(first.anomalies);
		expect(second.hints.join()).toContain('not confirmed');
		host.isStoreDown = false;
		log(3);
		expect(await newRun(host)).toBe(15);
		expect(await newRun(host)).toBe(0);
		const { events } = await host.runAlone({ operation: 'verify' }, [...host.table.values()].reverse());
		expect(events).toMatchObject([{ valid: true, checked: 15, startsAtBeginning: true }]);
	});

	it('continues without confirmation if no confirming node follows', async () => {
		const host = await open({}, { confirms: false });
		await host.run();
		log(4);
		host.isStoreDown = true;
		expect([await newRun(host), await newRun(host)]).toEqual([4, 0]);
	});

	it('continues after reading if set to', async () => {
		const host = await open({ options: { advance: 'whenRead' } });
		await host.run();
		log(4);
		host.isStoreDown = true;
		expect([await newRun(host), await newRun(host)]).toEqual([4, 0]);
	});

	it('does not confirm what another execution has read', async () => {
		const host = await open();
		await host.run();
		log(4);
		host.isStoreDown = true;
		await host.run();
		const { events } = await host.runAlone({ operation: 'confirm', collector: 'Audit' });
		expect(events).toMatchObject([{ confirmed: false }]);
		host.isStoreDown = false;
		expect(await newRun(host)).toBe(4);
	});

	it('keeps no memory of manual executions, and says so', async () => {
		const host = await open();
		await host.run();
		log(2);
		for (let n = 0; n < 2; n++) {
			const { events, hints } = await host.run('manual');
			expect([events.length, hints.join()]).toEqual([2, expect.stringContaining('manual')]);
		}
	});

	it('survives an emptied log, and reports it', async () => {
		const host = await open();
		log(5);
		await host.run();
		emulator.admin.clearActivity();
		log(2, { atMs: Date.now() + 1_000 });
		const { events, anomalies, hints } = await host.run();
		expect(events).toHaveLength(2);
		expect(anomalies[0]).toMatchObject({ kind: 'gap', severity: 'high', reason: expect.stringContaining('may be missing') });
		expect(hints.join()).toContain('may be missing');
	});

	it('costs a few requests in a log of 100,000 rows', async () => {
		const startMs = Date.now() - 100_000_000;
		for (let second = 0; second < 100_000; second++) log(1, { atMs: startMs + second * 900 });
		const host = await open();
		await host.run();
		log(100);
		const before = emulator.requests.length;
		expect(await newRun(host)).toBe(100);
		expect(emulator.requests.slice(before).map(({ route }) => route)).toEqual(['/v1/activity', '/v1/vaults', '/v1/vaults/{vaultUuid}/items']);
	}, 60_000);
});

describe('anomalies', () => {
	it('have reasons and the highest severity', async () => {
		const host = await open({ rules: ['denied', 'criticalItem', 'newIp'], ruleSettings: { learningDays: 0 } });
		await host.run();
		const itemId = emulator.admin.items('Production')[0]?.id;
		log(2);
		log(1, { itemId });
		log(1, { result: 'DENY' });
		const { events, anomalies } = await host.run();
		expect(events).toHaveLength(4);
		expect(anomalies).toMatchObject([
			{ severity: 'medium', rules: 'newIp', reason: expect.stringContaining('10.0.0.9') },
			{ severity: 'medium', rules: 'criticalItem', itemTitle: TITLE },
			{ severity: 'high', rules: 'denied', result: 'DENY' },
		]);
		expect(anomalies.flatMap(Object.values).filter((value) => typeof value === 'object' && value !== null)).toEqual([]);
		expect((await host.run()).anomalies).toEqual([]);
	});

	it('include a critical item that was deleted or lost its tag', async () => {
		const host = await open({ rules: ['criticalItem'] });
		await host.run();
		const critical = emulator.admin.items('Production')[0]?.id ?? '';
		log(1, { itemId: critical });
		emulator.admin.editItem('Production', critical, { tags: [] });
		log(1);
		expect((await host.run()).anomalies).toMatchObject([{ itemId: critical, rules: 'criticalItem' }]);
		emulator.admin.editItem('Production', critical, { tags: ['critical'] });
		log(1);
		expect((await host.run()).anomalies).toEqual([]);
		log(1, { itemId: critical });
		emulator.admin.deleteItem('Production', critical);
		log(1, { itemId: critical, action: 'DELETE' });
		const { anomalies, hints } = await host.run();
		expect(anomalies).toMatchObject(['READ', 'DELETE'].map((action) => ({ action, itemId: critical, itemTitle: null, rules: 'criticalItem' })));
		expect(hints).toEqual([]);
	});

	it('report the number of events that may concern critical items', async () => {
		const host = await open({ rules: ['criticalItem'] });
		await host.run();
		log(2, { vaultId: 'not-seen-with-this-token' });
		log(1);
		expect((await host.run()).hints).toEqual([expect.stringMatching(/^2 events are of items that this node's token does not see/)]);
	});

	it('and events can use the Elastic Common Schema', async () => {
		const host = await open({ rules: ['denied'], options: { format: 'ecs' } });
		await host.run();
		log(1, { result: 'DENY' });
		const { events, anomalies } = await host.run();
		expect(events).toMatchObject([{ event: { outcome: 'failure', kind: 'event' }, source: { ip: '10.0.0.9' } }]);
		expect(anomalies).toMatchObject([{ event: { kind: 'alert', severity: 3 } }]);
	});
});

describe('a time range', () => {
	it('can be read repeatedly, up to a limit', async () => {
		log(30, { atMs: Date.now() - 3_600_000 });
		log(5, { atMs: Date.now() - 60_000 });
		const host = await open();
		const range = { operation: 'getRange', from: new Date(Date.now() - 7_200_000).toISOString(), rules: [] };
		expect((await host.runAlone({ ...range, returnAll: true })).events).toHaveLength(35);
		expect((await host.runAlone({ ...range, returnAll: false, limit: 7 })).events).toHaveLength(7);
		const to = new Date(Date.now() - 600_000).toISOString();
		expect((await host.runAlone({ ...range, to, returnAll: true })).events).toHaveLength(30);
		expect(host.staticData).toBe('{}');
	});

	it.each([
		['a limit that was reached', { limit: 2 }, [/Raise 'Limit' or turn on 'Return All', or choose a shorter range/]],
		['a range in which rules only learn', { rules: ['denied', 'newIp'] }, [/no client, address or access counts as new/]],
		['a range that is longer than they learn', { rules: ['newIp'], ruleSettings: { learningDays: 0 } }, []],
		['a list of clients in place of learning', { rules: ['unknownClient'], ruleSettings: { knownClients: 'x' } }, []],
		['rules that need not learn', { rules: ['denied'] }, []],
	])('reports %s', async (_what, parameters, hints) => {
		log(1, { atMs: Date.now() - 8_000_000 });
		log(3, { atMs: Date.now() - 3_600_000 });
		const from = new Date(Date.now() - 7_200_000).toISOString();
		const told = await (await open()).runAlone({ operation: 'getRange', from, returnAll: false, limit: 50, rules: [], ...parameters });
		expect(told.hints).toEqual(hints.map((hint) => expect.stringMatching(hint)));
	});
});

describe('refuses', () => {
	it.each([
		['a range that ends before it begins', { operation: 'getRange', from: '2026-01-02', to: '2026-01-01' }, /not before/],
		['a range without a beginning', { operation: 'getRange', from: 'soon' }, /'From' is not a valid time/],
		['a first run without a time', { operation: 'collect', startFrom: 'time', startTime: 'soon' }, /'Start Time' is not a valid time/],
		[
			'a first run from a time to come',
			{ operation: 'collect', startFrom: 'time', startTime: new Date(Date.now() + 600_000).toISOString() },
			/'Start Time' is in the future/,
		],
		['a limit that is not found', { operation: 'getRange', from: '2026-01-01', limit: '={{ $json.nothing }}' }, /'Limit' is empty/],
		['a time zone that there is not', { operation: 'collect', ruleSettings: { timeZone: 'Nowhere' } }, /Unknown time zone/],
		[
			'a time of day that there is not',
			{ operation: 'collect', ruleSettings: { workingFrom: '25:00' } },
			/'Working From' is not a valid time of day/,
		],
		['no rules found by their expression', { operation: 'collect', rules: '={{ $json.nothing }}' }, /expression of 'Anomaly Rules' finds nothing/],
		['known clients without a name', { operation: 'collect', ruleSettings: { knownClients: ' , ' } }, /names no client/],
		['a chain that nothing could verify', { operation: 'collect', hashChain: true, options: { format: 'ecs' } }, /only be verified in flat rows/],
		['a rule that there is not', { operation: 'collect', rules: ['nothing'] }, /'Anomaly Rules'/],
		['a confirmation of nothing', { operation: 'confirm' }, /No node before this one/],
		['an operation that there is not', { operation: 'nothing' }, /no operation/],
	])('%s', async (_what, parameters, message) => {
		const host = await open();
		expect((await host.runAlone(parameters)).error).toMatch(message);
		expect(emulator.requests).toEqual([]);
		expect(host.staticData).not.toContain('onePasswordAuditLogger');
	});

	it.each(['criticalTag', 'timeZone', 'workingDays', 'burstCount', 'knownClients'])('refuses an expression without a result for %s', async (name) => {
		const told = await (await open()).runAlone({ operation: 'collect', ruleSettings: { [name]: '={{ $json.nothing }}' } });
		expect(told.error).toMatch(/^'[\w ]+' is empty/);
	});
});

it('Verify Chain finds the row that was changed, removed or inserted', async () => {
	const host = await open({ hashChain: true });
	await host.run();
	log(20);
	const { events } = await host.run();
	const verify = async (rows: object[]): Promise<unknown> => (await host.runAlone({ operation: 'verify' }, rows)).events[0]?.firstBroken;
	expect(await verify(events)).toBeNull();
	expect(await verify(events.map((row, n) => (n === 8 ? { ...row, ip: '1.1.1.1' } : row)))).toMatchObject({ index: 8, reason: 'changed' });
	expect(await verify(events.filter((_row, n) => n !== 8))).toMatchObject({ index: 8, reason: 'removed' });
	const forged = { ...events[8], eventId: 'forged' };
	expect(await verify([...events.slice(0, 9), forged, ...events.slice(9)])).toMatchObject({ index: 9, reason: 'inserted' });
});

describe('the end of the chain', () => {
	const report = async (host: AuditHost, rows: readonly object[], expectations = {}): Promise<Record<string, unknown> | undefined> =>
		(await host.runAlone({ operation: 'verify', expectations }, rows)).events[0];

	const collected = async (count = 6): Promise<AuditHost> => {
		const host = await open({ hashChain: true });
		await host.run();
		log(count);
		await host.run();
		return host;
	};

	it('is checked against the last confirmed row, and later rows are accepted', async () => {
		const host = await collected();
		const rows = (): object[] => [...host.table.values()];
		expect(await report(host, rows())).toMatchObject({ valid: true, endCheckedAgainst: 'Audit' });
		expect(await report(host, rows().slice(0, -1))).toMatchObject({ valid: false, firstBroken: { index: 5, reason: 'removed' } });
		expect(await report(host, rows().slice(0, -1), { checkEnd: false })).toMatchObject({ valid: true, endCheckedAgainst: null });
		log(2);
		const { staticData } = host;
		await host.run();
		host.staticData = staticData;
		expect(await report(host, rows())).toMatchObject({ valid: true, checked: 8, endCheckedAgainst: 'Audit' });
	});

	it('is missing in a table that was emptied', async () => {
		const host = await collected();
		expect(await report(host, [{}])).toMatchObject({ valid: false, checked: 0, firstBroken: { reason: 'removed' } });
		expect(await report(await open(), [{}])).toMatchObject({ valid: false, firstBroken: { reason: 'empty' } });
	});

	it('is checked against a given last hash, and a hint appears if there is none', async () => {
		const host = await collected();
		const rows = [...host.table.values()];
		const lastHash = String(rows[5]?.hash);
		expect(await report(host, rows, { lastHash })).toMatchObject({ valid: true, endCheckedAgainst: 'Last Hash' });
		const { events, hints } = await (await open()).runAlone({ operation: 'verify' }, rows);
		expect([events, hints.join()]).toMatchObject([[{ valid: true, endCheckedAgainst: null }], expect.stringContaining('was not checked')]);
		expect((await host.runAlone({ operation: 'verify', expectations: { collector: 'Other' } }, rows)).error).toContain("No node 'Other'");
	});

	it('belongs to the newest node after one of the same name was deleted, and its rows start a second chain', async () => {
		const host = await collected();
		host.staticData = host.staticData.replace('id of Audit', 'id of another');
		await host.run();
		log(3, { atMs: Date.now() + 1_000 });
		const { confirmed } = await host.run();
		expect(confirmed).toMatchObject({ confirmed: true, events: 3 });
		const rows = [...host.table.values()];
		expect(await report(host, rows)).toMatchObject({ firstBroken: { index: 6, reason: 'restarted' }, endCheckedAgainst: 'Audit' });
		expect(await report(host, rows.slice(6))).toMatchObject({ valid: true, checked: 3 });
	});
});

it('stores no secret, title, address or item ID in n8n', async () => {
	const host = await open({ hashChain: true });
	await host.run();
	await runNode({ credential, parameters: onItem('get', byName(TITLE), { reveal: 'all' }) });
	log(50);
	host.isStoreDown = true;
	const { saved } = await host.run();
	expect(leaksIn(saved + host.staticData, [KEY, emulator.token])).toEqual([]);
	const itemId = emulator.admin.items('Production')[0]?.id ?? '';
	for (const text of [TITLE, 'Production', '10.0.0.9', '127.0.0.1', itemId, 'connect-sdk-go']) expect(host.staticData).not.toContain(text);
	expect(host.staticData.length).toBeLessThan(5_000);
	expect([...hosts]).toEqual(['127.0.0.1']);
});
