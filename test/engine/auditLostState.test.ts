import { NO_LAG, startConnectEmulator, type ConnectEmulator } from '../emulators/connect';
import { AuditHost, type AuditHostOptions } from './support/auditHost';
import { allowOnlyThisMachine } from './support/onlyEmulator';
import { useProcessedData } from './support/processedData';

/** Saved workflows keep their position in static data, which n8n may lose. */

allowOnlyThisMachine();

let emulator: ConnectEmulator;
let processedData: Map<string, string[]>;

beforeEach(async () => {
	processedData = await useProcessedData();
	emulator = await startConnectEmulator({ behaviour: NO_LAG, seed: { vaults: [{ name: 'Production', items: [{ title: 'Other' }] }] } });
});

afterEach(async () => await emulator.close());

const open = async (options: AuditHostOptions = {}): Promise<AuditHost> =>
	await AuditHost.open({ serverUrl: emulator.url, accessToken: emulator.token }, { parameters: { rules: [] }, ...options });

const log = (count: number): void => {
	emulator.admin.logActivity(Array.from({ length: count }, () => ({ action: 'READ' as const, userAgent: 'curl', ip: '10.0.0.9', jti: 'theirs' })));
};

it('lost state is noticed: all log rows are emitted again, with a row and an anomaly', async () => {
	const host = await open();
	await host.run();
	log(3);
	expect((await host.run()).events).toHaveLength(3);
	host.staticData = '{}';
	const { events, anomalies, hints } = await host.run();
	expect(events.map(({ kind }) => kind)).toEqual(['positionLost', 'access', 'access', 'access']);
	expect(anomalies).toMatchObject([{ kind: 'positionLost', severity: 'high' }]);
	expect(hints.join()).toContain('n8n did not keep its position');
	log(1);
	expect((await host.run()).events).toHaveLength(1);
});

it('fails if the state is lost repeatedly, and says what to do', async () => {
	const host = await open({ forgets: true });
	expect((await host.run()).events).toEqual([]);
	log(2);
	expect((await host.run()).events).toHaveLength(3);
	for (let run = 0; run < 2; run++) {
		expect((await host.run()).error).toMatch(/does not keep the workflow's static data/);
	}
});

it('recovers once n8n keeps static data again', async () => {
	const broken = await open({ forgets: true });
	log(2);
	for (let run = 0; run < 3; run++) await broken.run();
	const host = await open();
	expect((await host.run()).error).toMatch(/does not keep/);
	expect((await host.run()).events.map(({ kind }) => kind)).toEqual(['positionLost', 'access', 'access']);
	log(1);
	expect((await host.run()).events).toHaveLength(1);
	host.staticData = '{}';
	// Years later this is a first time again.
	expect((await host.run()).error).toBeUndefined();
});

it('leaves no trace of manual executions', async () => {
	const host = await open();
	await host.run('manual');
	await host.run('manual');
	expect([...processedData.values()].flat()).toEqual([]);
});

it("assumes a new node if n8n doesn't report earlier runs", async () => {
	const host = await open();
	processedData.set = () => {
		throw new Error('The table can not be reached');
	};
	await host.run();
	host.staticData = '{}';
	expect((await host.run()).events).toEqual([]);
});

it('needs no confirmation if stored rows determine the position', async () => {
	const host = await open({ parameters: { rules: [], position: 'storedRows' } });
	const { confirmed, confirmHints, events } = await host.run();
	expect([events.length, confirmed]).toEqual([1, expect.objectContaining({ confirmed: true, events: 1 })]);
	expect(confirmHints.join()).toContain('Nothing has to be confirmed');
	expect(host.staticData).toBe('{}');
});
