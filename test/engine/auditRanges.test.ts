import { NO_LAG, startConnectEmulator, type ConnectEmulator } from '../emulators/connect';
import { AuditHost, type AuditHostOptions } from './support/auditHost';
import { allowOnlyThisMachine } from './support/onlyEmulator';

/** Time ranges, the beginning of the log, and what confirming must not treat as stored, in n8n's engine. */

allowOnlyThisMachine();

const HOUR_MS = 3_600_000;

let emulator: ConnectEmulator;

beforeEach(async () => {
	emulator = await startConnectEmulator({
		behaviour: { ...NO_LAG, activity: { retention: 50 } },
		seed: { vaults: [{ name: 'Production', items: [{ title: 'Item' }] }] },
	});
});

afterEach(async () => await emulator.close());

const open = async (parameters: AuditHostOptions['parameters'] = {}, rest: AuditHostOptions = {}): Promise<AuditHost> =>
	await AuditHost.open({ serverUrl: emulator.url, accessToken: emulator.token }, { parameters: { rules: [], ...parameters }, ...rest });

const ago = (hours: number): string => new Date(Date.now() - hours * HOUR_MS).toISOString();

/** Someone else's requests, all at the same time. */
const log = (count: number, hoursAgo = 0): void => {
	const [vaultId, itemId] = [emulator.admin.vault('Production').id, emulator.admin.items('Production')[0]?.id];
	const row = { action: 'READ' as const, vaultId, itemId, jti: 'theirs', atMs: Date.now() - hoursAgo * HOUR_MS };
	emulator.admin.logActivity(Array.from({ length: count }, () => row));
};

const RANGE = { operation: 'getRange', from: '={{ $json.from }}', to: '={{ $json.to }}', returnAll: true, rules: [] };

describe('several input items', () => {
	const ranges = [
		{ from: ago(10), to: ago(8) },
		{ from: 'soon', to: ago(4) },
		{ from: ago(4), to: ago(2) },
	];

	beforeEach(() => {
		log(1, 20);
		log(3, 9);
		log(2, 3);
	});

	it('are one range each', async () => {
		const { events, error, hints } = await (await open()).runAlone(RANGE, [ranges[0] ?? {}, ranges[2] ?? {}, { from: ago(10), to: ago(1) }]);
		expect([error, events.length, hints]).toEqual([undefined, 3 + 2 + 5, []]);
	});

	it('are all processed: an invalid one fails, or is an error among the others', async () => {
		const host = await open();
		expect((await host.runAlone(RANGE, ranges)).error).toContain("'From' is not a valid time");
		const { events, error } = await host.runAlone(RANGE, ranges, { onError: 'continueRegularOutput' });
		expect([error, events.map(({ error: failure }) => failure)]).toEqual([
			undefined,
			[undefined, undefined, undefined, expect.objectContaining({ code: 'INVALID_INPUT' }), undefined, undefined],
		]);
	});

	it('report the same hint once', async () => {
		const { hints } = await (await open()).runAlone({ ...RANGE, returnAll: false, limit: 1 }, [ranges[0] ?? {}, ranges[2] ?? {}]);
		expect(hints).toEqual([expect.stringContaining("Raise 'Limit'")]);
	});
});

describe('a log that begins later', () => {
	it.each([
		[
			'a range',
			{ operation: 'getRange', from: ago(30), returnAll: true },
			/The log begins later than 'From' \(.*Z\): events from before .*Z are not there/,
		],
		['a first run', { operation: 'collect', startFrom: 'time', startTime: ago(30) }, /The log begins later than 'Start Time'/],
	])('than %s is reported', async (_what, parameters, hint) => {
		for (let n = 80; n > 0; n--) log(1, n / 10 + 1);
		const { events, hints } = await (await open()).runAlone({ rules: [], ...parameters });
		expect([events.length, hints]).toEqual([50, [expect.stringMatching(hint)]]);
	});

	it('is reported only in the first run', async () => {
		log(2, 1);
		const host = await open({ startFrom: 'time', startTime: ago(2) });
		expect((await host.run()).hints).toEqual([expect.stringContaining('The log begins later')]);
		log(1);
		expect((await host.run()).hints).toEqual([]);
	});
});

it('a first run from a time emits nothing earlier, and neither does the next run', async () => {
	const minute = 1 / 60;
	log(3, minute);
	log(2, minute / 3);
	const host = await open({ startFrom: 'time', startTime: ago(minute / 2), options: { lookUpNames: false } });
	expect((await host.run()).events).toHaveLength(2);
	log(1);
	expect((await host.run()).events).toHaveLength(1);
});

it('more events are announced only if the next run has some, not counting own lists', async () => {
	log(1, 3);
	const host = await open({ startFrom: 'time', startTime: ago(2), rules: ['criticalItem'], options: { maxEvents: 2 } });
	log(2, 1);
	const first = await host.run();
	expect([first.events.length, first.confirmed]).toEqual([2, expect.objectContaining({ hasMore: false })]);
	log(2);
	// By now the lists of the first run are in the log, too.
	const second = await host.run();
	expect([second.events.length, second.confirmed]).toEqual([2, expect.objectContaining({ hasMore: false })]);
	expect((await host.run()).events).toEqual([]);
});

describe('confirming', () => {
	it('is refused if the storing node continues after an error, and the rows are emitted again', async () => {
		const host = await open();
		await host.run();
		log(4);
		host.isStoreDown = host.isStoreContinuing = true;
		expect((await host.run()).error).toContain('Storing the events has failed');
		host.isStoreDown = false;
		const { events, hints } = await host.run();
		expect([events.length, host.table.size, hints.join()]).toEqual([4, 4, expect.stringContaining('not confirmed')]);
	});

	it('has no effect in a manual execution, and says so', async () => {
		const host = await open({ hashChain: true });
		await host.run();
		log(2);
		const { confirmed, confirmHints } = await host.run('manual');
		expect(confirmed).toEqual({ confirmed: false, manual: true, events: 2, hasMore: false, hasGap: false, lastHash: null });
		expect(confirmHints).toEqual([expect.stringContaining('Nothing was confirmed')]);
		const { confirmed: kept, confirmHints: none } = await host.run();
		expect([kept, none]).toEqual([expect.objectContaining({ confirmed: true, lastHash: expect.stringMatching(/^[\da-f]{64}$/) }), []]);
	});

	it('is reported as missing if its node is disabled', async () => {
		const host = await open({}, { isConfirmDisabled: true });
		await host.run();
		log(2);
		expect((await host.run()).hints).toEqual([expect.stringContaining('The node that confirms is disabled')]);
		expect((await host.run()).events).toEqual([]);
	});

	it('did not happen: the rows are emitted again as anomalies, although their critical item is gone', async () => {
		const host = await open({ rules: ['criticalItem'] });
		await host.run();
		const itemId = emulator.admin.items('Production')[0]?.id ?? '';
		emulator.admin.editItem('Production', itemId, { tags: ['critical'] });
		log(1);
		for (const isStoreDown of [true, false]) {
			host.isStoreDown = isStoreDown;
			expect((await host.run()).anomalies).toMatchObject([{ itemId, rules: 'criticalItem' }]);
			if (isStoreDown) emulator.admin.deleteItem('Production', itemId);
		}
	});
});
