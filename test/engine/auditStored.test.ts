import { NO_LAG, seededRandom, startConnectEmulator, type ActivitySeed, type ConnectEmulator } from '../emulators/connect';
import { AuditHost, type AuditExecution } from './support/auditHost';
import { AuditTable, type AuditTableOptions } from './support/auditTable';
import type { Credential } from './support/engine';
import { allowOnlyThisMachine } from './support/onlyEmulator';
import { useProcessedData } from './support/processedData';

import type { INodeParameters } from 'n8n-workflow';

/** The audit node on workers without state: it only knows the stored rows. */

allowOnlyThisMachine();

let emulator: ConnectEmulator;
let host: AuditHost;
let logged: string[];

beforeEach(async () => {
	await useProcessedData();
	emulator = await startConnectEmulator({
		behaviour: { ...NO_LAG, activity: { retention: 200_000 } },
		seed: { vaults: [{ name: 'Production', items: [{ title: 'Payments API', fields: [] }, { title: 'Other' }] }] },
	});
	const credential: Credential = { serverUrl: emulator.url, accessToken: emulator.token };
	host = await AuditHost.open(credential);
	logged = [];
});

afterEach(async () => await emulator.close());

/** Someone else's requests, each for a different item. */
const log = (count: number, rest: Partial<ActivitySeed> = {}): void => {
	const vaultId = emulator.admin.vault('Production').id;
	const rows = Array.from({ length: count }, (): ActivitySeed => {
		const itemId = `row${String(logged.length).padStart(23, '0')}`;
		logged.push(itemId);
		return { action: 'READ', vaultId, itemId, userAgent: 'connect-sdk-go/1.5.3', ip: '10.0.0.9', jti: 'theirs', ...rest };
	});
	emulator.admin.logActivity(rows);
};

const newTable = (parameters: INodeParameters = {}, options: AuditTableOptions = {}): AuditTable => new AuditTable(host, parameters, options);

const itemsOf = ({ events }: Pick<AuditExecution, 'events'>): unknown[] => events.flatMap(({ itemId }) => itemId ?? []);

/** Runs until nothing is left, and checks that each row occurs once in one intact chain. */
const expectWhole = async (table: AuditTable): Promise<void> => {
	for (let run = 0; run < 4; run++) await table.run();
	expect(table.all.flatMap(({ itemId }) => itemId ?? []).sort()).toEqual([...logged].sort());
	expect(await table.verify()).toMatchObject({ valid: true, startsAtBeginning: true, checked: logged.length + 1 });
};

describe('a first run from now on', () => {
	it('stores a start row, and continues after it', async () => {
		emulator.admin.logActivity(Array.from({ length: 5 }, () => ({ action: 'READ' as const, userAgent: 'before', ip: '10.0.0.9', jti: 'x' })));
		const table = newTable();
		const { events, hints } = await table.run();
		expect(events).toMatchObject([{ kind: 'collectorStarted', sequence: 1, previousHash: '0'.repeat(64) }]);
		expect(hints.join()).toContain('returns one row');
		log(3);
		expect(itemsOf(await table.run())).toEqual(logged);
		expect(itemsOf(await table.run())).toEqual([]);
		await expectWhole(table);
	});

	it('creates one row even if it is repeated before it is stored', async () => {
		const table = newTable();
		const [one, other] = [await table.collect(), await table.collect()];
		expect(one.events[0]).toMatchObject({ kind: 'collectorStarted' });
		table.store(one.events);
		log(2);
		table.store((await table.collect()).events);
		table.store(other.events.filter(({ kind }) => kind === 'collectorStarted'));
		await expectWhole(table);
	});

	it('emits the log from a given time', async () => {
		log(4);
		const table = newTable({ startFrom: 'time', startTime: new Date(Date.now() - 3_600_000).toISOString() });
		expect(itemsOf(await table.run())).toEqual(logged);
		await expectWhole(table);
	});
});

describe('an interrupted run', () => {
	it.each([0, 1, 4, 9])('loses no row after %d stored rows, and the chain continues', async (count) => {
		const table = newTable();
		await table.run();
		log(9);
		const { events } = await table.collect();
		table.store(events, count);
		log(2);
		const again = await table.collect();
		expect(again.events.slice(0, 9 - count)).toEqual(events.slice(count));
		await expectWhole(table);
	});

	it('emits its anomalies again until the rows are stored', async () => {
		const table = newTable({ rules: ['denied'] });
		await table.run();
		log(1, { result: 'DENY' });
		const [one, other] = [await table.collect(), await table.collect()];
		expect(one.anomalies).toMatchObject([{ rules: 'denied', severity: 'high' }]);
		expect(other.anomalies).toEqual(one.anomalies);
		table.store(other.events);
		expect((await table.run()).anomalies).toEqual([]);
	});

	it('says that rows are emitted again because they were not stored', async () => {
		const table = newTable();
		await table.run();
		log(2);
		expect((await table.collect()).hints.join()).not.toContain('already returned');
		expect((await table.collect()).hints.join()).toContain('The same events were already returned');
	});
});

describe('two runs at once', () => {
	it('emit the same rows with the same hashes', async () => {
		const table = newTable();
		await table.run();
		log(5);
		const one = await table.collect();
		log(2);
		const other = await table.collect();
		expect(other.events.slice(0, 5)).toEqual(one.events);
		table.store(other.events);
		table.store(one.events);
		await expectWhole(table);
	});

	it.each(['first', 'last'])('repair the chain forked by a late row, with the shorter run stored %s', async (order) => {
		const table = newTable();
		await table.run();
		const now = Date.now();
		log(3, { atMs: now - 1_000 });
		log(3, { atMs: now });
		const one = await table.collect();
		log(1, { atMs: now - 500 });
		log(4, { atMs: now + 5 });
		const other = await table.collect();
		for (const { events } of order === 'first' ? [one, other] : [other, one]) table.store(events);
		await expectWhole(table);
	});

	it('leave an intact chain if one of them was interrupted while storing', async () => {
		const table = newTable();
		await table.run();
		log(6);
		const one = await table.collect();
		emulator.admin.editItem('Production', emulator.admin.items('Production')[0]?.id ?? '', { title: 'Renamed' });
		log(6);
		const other = await table.collect();
		const renamed = other.events.map((row) => ({ ...row }));
		table.store(renamed, 8);
		table.store(one.events, 3);
		await expectWhole(table);
	});

	it('repair duplicates in a table without a unique column', async () => {
		const table = newTable({ options: { tokenNames: { values: [{ id: 'theirs', name: 'SDK' }] } } }, { allowsTwins: true });
		await table.run();
		log(4);
		const { events } = await table.collect();
		table.insert(events);
		const { events: others } = await newTable().collect(table.newest().filter(({ kind }) => kind === 'collectorStarted'));
		table.insert(others);
		for (let run = 0; run < 3; run++) await table.run();
		expect(await table.verify()).toMatchObject({ valid: true, checked: 5, repeated: 4 });
	});
});

describe('a lost position', () => {
	it("is noticed if the rows are gone, and the log's rows are emitted again", async () => {
		const table = newTable();
		await table.run();
		log(3);
		await table.run();
		const { events, anomalies, hints } = await table.collect([{}]);
		expect(events[0]).toMatchObject({ kind: 'positionLost' });
		expect(itemsOf({ events })).toEqual(logged);
		expect(anomalies).toMatchObject([{ kind: 'positionLost', severity: 'high', rules: 'positionLost' }]);
		expect(hints.join()).toContain('the input has no stored rows');
	});

	it('continues after its own row in an empty log', async () => {
		const table = newTable();
		await table.run();
		table.remove(() => true);
		emulator.admin.clearActivity();
		expect((await table.run()).events).toMatchObject([{ kind: 'positionLost' }]);
		log(2);
		expect(itemsOf(await table.run())).toEqual(logged);
	});
});

describe("the rules' knowledge", () => {
	const rules = { rules: ['unknownClient', 'newIp', 'firstAccess'], ruleSettings: { learningDays: 0 } };

	it('comes from the stored rows', async () => {
		const table = newTable(rules);
		await table.run();
		log(1);
		expect((await table.run()).anomalies).toHaveLength(1);
		const itemId = logged[0];
		log(1, { itemId });
		expect((await table.run()).anomalies).toEqual([]);
		log(1, { itemId, ip: '203.0.113.66' });
		expect((await table.run()).anomalies).toMatchObject([{ rules: 'newIp' }]);
	});

	it('also comes from rows without an event ID', async () => {
		const table = newTable({ ...rules, rules: ['unknownClient'] });
		await table.run();
		log(1);
		const usual = {
			eventId: null,
			timestamp: new Date().toISOString(),
			source: 'connect',
			kind: 'access',
			previousHash: null,
			hash: null,
			action: 'READ',
			result: 'SUCCESS',
			tokenId: 'theirs',
			userAgent: 'connect-sdk-go',
		};
		expect((await table.collect()).anomalies).toHaveLength(1);
		expect((await table.collect([...table.newest(), usual])).anomalies).toEqual([]);
	});

	it('counts the learning days from the oldest row', async () => {
		const table = newTable({ rules: ['newIp'] });
		await table.run();
		log(1, { ip: '10.0.0.1' });
		await table.run();
		log(1, { ip: '10.0.0.2' });
		expect((await table.collect()).anomalies).toEqual([]);
		const old = table.newest().map((row) => ({ ...row, timestamp: new Date(Date.now() - 8 * 86_400_000).toISOString() }));
		expect((await table.collect(old)).anomalies).toMatchObject([{ rules: 'newIp', ip: '10.0.0.2' }]);
	});
});

describe('the passed rows', () => {
	it("can come from other sources, in any order and spelling, and in a database's formats", async () => {
		const table = newTable();
		await table.run();
		log(5);
		await table.run();
		log(1);
		const rows = [...table.all].reverse().map(({ eventId, previousHash, timestamp, sequence, ...rest }) => ({
			...rest,
			event_id: eventId,
			previoushash: previousHash,
			sequence: String(sequence),
			timestamp: String(timestamp).replace('T', ' ').replace('Z', '+00'),
		}));
		const others = rows.map((row) => ({ ...row, source: 'events', event_id: `other ${String(row.event_id)}`, sequence: '99' }));
		expect(itemsOf(await table.collect([...others, ...rows]))).toEqual(logged.slice(5));
	});

	it.each([
		['no stored rows', [{ a: 1 }], /no column eventId, timestamp, source, kind, previousHash, hash/],
		['rows without hashes', [{ eventId: 'a', timestamp: '2026-01-01T00:00:00Z', source: 'connect', kind: 'access' }], /no column previousHash, hash/],
		['a time that is none', [{ eventId: 'a', timestamp: 'soon', source: 'connect', kind: 'access', previousHash: '', hash: '' }], /not a time/],
		['an error', [{ error: 'The table can not be reached.' }], /Reading the stored rows failed/],
	])('are refused: %s', async (_what, rows, message) => {
		expect((await newTable().collect(rows)).error).toMatch(message);
		expect(emulator.requests).toEqual([]);
	});

	it.each([[[]], [[{}]], [[{ success: true }]]])('are refused if not rows: %j', async (rows) => {
		expect((await newTable().collect(rows)).events).toMatchObject([{ kind: 'collectorStarted' }]);
	});

	it("can't be read in the Elastic Common Schema", async () => {
		expect((await newTable({ hashChain: false, options: { format: 'ecs' } }).collect()).error).toContain('needs flat rows');
	});
});

/** `SEEDS`: how many sequences of events are tried. */
it.each(Array.from({ length: Number(process.env.SEEDS ?? 12) }, (_, seed) => seed))(
	'loses no row and no link in any sequence of events: sequence %d',
	async (seed) => {
		const random = seededRandom(seed);
		const pick = (below: number): number => Math.floor(random() * below);
		// Rows may arrive late if the window covers the last two minutes; a shorter window is cut while the log is in order.
		const comesLate = seed % 2 === 0;
		const table = newTable({ options: { maxEvents: 4 + pick(20) } }, { limit: comesLate ? 1_000 : 60 });
		await table.run();
		const open: AuditExecution[] = [];
		for (let step = 0; step < 25; step++) {
			const what = pick(6);
			if (what < 2) log(1 + pick(8), { atMs: Date.now() - (comesLate ? pick(3) * 500 : 0) });
			if (what === 2 || what === 3) open.push(await table.collect());
			const [done] = what >= 4 || open.length > 2 ? open.splice(pick(open.length), 1) : [];
			if (done !== undefined) table.store(done.events, pick(3) === 0 ? pick(done.events.length + 1) : undefined);
		}
		for (let run = 0; run < 60 && (await table.run()).events.length > 0; run++);
		await expectWhole(table);
	},
	60_000,
);
