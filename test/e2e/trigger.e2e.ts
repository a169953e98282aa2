import { setTimeout as delay } from 'node:timers/promises';
import { startConnectEmulator, type ConnectEmulator } from '../emulators/connect';
import { Editor } from './support/editor';
import { findAtRest } from './support/filesAtRest';
import { KillScene, MARK, OUTAGE, type KillSceneOptions } from './support/killScene';
import { startN8n, type N8nServer } from './support/n8nServer';
import { connectCredential } from './support/rotationWorkflow';
import { startSyncTargets, type SyncTarget, type SyncTargets } from './support/syncTargets';
import { loadSyncWorkflow, targetCredentials } from './support/syncWorkflow';
import { ToldEvents } from './support/toldEvents';
import { TRIGGER, triggerWorkflow } from './support/triggerWorkflow';
import { waitFor } from './support/waitFor';

/** `SOAK=1`: as many changes and kills as it takes to find a window that is hit once in a hundred times. */
const IS_SOAK = process.env['SOAK'] === '1';
const ROUNDS = IS_SOAK ? 10 : 3;
const CHANGES = IS_SOAK ? 500 : 60;
const SEED = Number(process.env['SEED'] ?? 1);

/** Several polls long. */
const OUTAGE_MS = 12_000;

const ENGINES: ReadonlyArray<KillSceneOptions & { engine: string; rescues: boolean }> = [
	{ engine: 'the default engine', rescues: true, env: {}, everySeconds: 4, seed: SEED },
	{
		engine: 'the durable scheduler',
		rescues: false,
		env: {
			N8N_SCHEDULER_ENABLED: 'true',
			N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
			N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
			N8N_SCHEDULER_EXECUTOR_INTERVAL: '1',
			N8N_SCHEDULER_MATERIALIZATION_INTERVAL: '1',
		},
		everySeconds: 3,
		seed: SEED + 1,
	},
];

describe.each(ENGINES)('the trigger on $engine', ({ engine, rescues, ...options }) => {
	let scene: KillScene;

	beforeAll(async () => {
		scene = await KillScene.start(options);
	});

	afterAll(async () => {
		await scene?.close();
	});

	it(
		'loses no change while n8n is killed repeatedly',
		async () => {
			for (let round = 0; round < ROUNDS; round++) await scene.killRound(round, Math.ceil(CHANGES / ROUNDS));
			const reports = await scene.settle();

			for (const [index, report] of reports.entries()) {
				process.stdout.write(`${engine}, ${scene.describe(index, report)}\n`);
				expect(report).toMatchObject({ missing: [], wrongIds: [] });
			}
			expect(scene.kills).toBeGreaterThanOrEqual(ROUNDS);
			// The durable scheduler saves state and execution together: there nothing needs to be rescued.
			if (rescues) expect(reports.some(({ rescued }) => rescued > 0)).toBe(true);
		},
		IS_SOAK ? 1_500_000 : 300_000,
	);

	it('reports an outage once, and then what happened in the meantime', async () => {
		const before = scene.watchers.map(({ failures }) => failures.length);
		scene.emulator.faults.script(OUTAGE);
		await scene.makeChanges(5);
		await delay(OUTAGE_MS);
		scene.emulator.faults.clear();
		await scene.settle();

		for (const [index, { failures }] of scene.watchers.entries()) {
			const fresh = failures.slice(before[index]);
			expect(fresh).toHaveLength(1);
			const error = fresh[0]?.data?.resultData.error;
			expect(error?.message).toMatch(/503|not available|unavailable/i);
			expect(error?.description).toContain('[UNAVAILABLE]');
		}
	});

	it('leaves no value in what n8n stores or logs', async () => {
		const database = await scene.n8n.databaseBytes();
		// Proof that the search sees what was saved.
		expect(database.includes('Old item')).toBe(true);
		expect(database.includes('changedFields')).toBe(true);
		const logs = scene.n8n.logs();
		for (const needle of [MARK, scene.emulator.token]) {
			expect(database.includes(needle)).toBe(false);
			expect(logs.includes(needle)).toBe(false);
			expect(await findAtRest(scene.n8n.userFolder, needle)).toEqual([]);
		}
	});
});

describe('the trigger in a workflow', () => {
	const CREDENTIALS = { good: 'triggerConnect01', bad: 'triggerConnect02' };
	let emulator: ConnectEmulator;
	let targets: SyncTargets;
	let n8n: N8nServer;
	/** Every password that the item has had. */
	const passwords = [`${MARK}start`];

	beforeAll(async () => {
		emulator = await startConnectEmulator({
			// Pictures show it.
			seed: {
				vaults: [
					{
						name: 'Production',
						items: [
							{
								title: 'Orders database',
								category: 'DATABASE',
								tags: ['postgres'],
								fields: [
									{ id: 'username', label: 'username', value: 'orders' },
									{ id: 'password', label: 'password', type: 'CONCEALED', value: passwords[0] },
								],
							},
							{ title: 'Payments API', category: 'API_CREDENTIAL', fields: [{ id: 'key', type: 'CONCEALED', value: `${MARK}key` }] },
						],
					},
				],
			},
		});
		targets = await startSyncTargets();
		n8n = await startN8n();
		await n8n.cli.importCredentials(
			Object.entries(CREDENTIALS).map(([kind, id]) => ({
				id,
				name: '1Password Connect',
				type: 'onePasswordConnectApi',
				data: { serverUrl: emulator.url, accessToken: kind === 'good' ? emulator.token : 'not-a-token' },
			})),
		);
	});

	afterAll(async () => {
		await Promise.allSettled([n8n?.stop(), targets?.close(), emulator?.close()]);
	});

	const item = () => emulator.admin.items('Production').find(({ title }) => title === 'Orders database');

	/** @returns the new password. */
	const changePassword = (): string => {
		const { id = '' } = item() ?? {};
		const password = `${MARK}${passwords.length}-"quoted"\\ü`;
		passwords.push(password);
		emulator.admin.editItem('Production', id, ({ fields }) => {
			for (const field of fields) if (field.id === 'password') field.value = password;
		});
		return password;
	};

	it('is not activated with a refused token or an unknown vault, and says why', async () => {
		const refusalOf = async (id: string, parameters: object, credentialId: string): Promise<string> => {
			await n8n.rest.importWorkflow(triggerWorkflow({ id, name: id, parameters: { ...parameters }, credentialId }));
			return await n8n.rest.activateWorkflow(id).then(
				() => 'activated',
				(error: Error) => error.message,
			);
		};
		// n8n tries each five times.
		const refusals = await Promise.all([
			refusalOf('refusedToken0001', { scope: 'allVaults' }, CREDENTIALS.bad),
			refusalOf('refusedVault0001', { scope: 'vaults', vaults: ['Nowhere'] }, CREDENTIALS.good),
		]);

		expect(refusals[0]).toMatch(/could not be activated.*refused the access token/);
		expect(refusals[0]).not.toContain('not-a-token');
		expect(refusals[1]).toMatch(/could not be activated.*Nowhere/);
	});

	it('shows real samples when tested in the editor', async () => {
		const id = 'triggerSamples01';
		changePassword();
		emulator.admin.settle();
		await n8n.rest.importWorkflow(
			triggerWorkflow({ id, name: 'React to changed items', parameters: { scope: 'allVaults' }, credentialId: CREDENTIALS.good }),
		);
		const editor = await Editor.logIn(n8n);
		try {
			await editor.openWorkflow(id);
			const panel = await editor.openNode(TRIGGER);
			await panel.execute();
			const output = JSON.stringify(await panel.outputItems());
			expect(output).toContain('Orders database');
			expect(output).toContain(String(item()?.id));
			expect(output).toContain('updated');
			expect(output).not.toContain(MARK);
			await editor.screenshot('trigger-event');
			expect(editor.foreignRequests).toEqual([]);
		} finally {
			await editor.close();
		}
	});

	describe('that syncs a database password', () => {
		const WATCHING = 'versionsOnly0001';
		let watching: ToldEvents;

		beforeAll(async () => {
			const workflow = await loadSyncWorkflow(targets);
			await n8n.cli.importCredentials([connectCredential(workflow, emulator), ...targetCredentials(workflow, targets)]);
			await n8n.rest.importWorkflow(workflow);
			await n8n.rest.importWorkflow(
				triggerWorkflow({ id: WATCHING, name: 'Versions only', parameters: {}, credentialId: CREDENTIALS.good, everySeconds: 2 }),
			);
			for (const id of [workflow.id, WATCHING]) await n8n.rest.activateWorkflow(id);
			watching = new ToldEvents(n8n.rest, WATCHING);
		});

		const recordOf = async (version: number | undefined) =>
			await waitFor(async () => targets.records().find((record) => record.version === version), {
				timeoutMs: 60_000,
				what: 'the record of a sync',
				details: () => n8n.logs().slice(-3_000),
			});
		const USERS: readonly SyncTarget[] = ['grafana', 'backup', 'app-1', 'app-2'];
		const namesOf = (...users: SyncTarget[]) =>
			users.map((user) => ({ grafana: 'Grafana', backup: 'Backup service' })[user as string] ?? targets.url(user));

		it("sends exactly the item's password to all targets, and records it without a value", async () => {
			const password = changePassword();

			const record = await recordOf(item()?.version);

			expect(USERS.map((user) => targets.password(user))).toEqual(USERS.map(() => password));
			expect(item()?.fields?.find(({ id }) => id === 'password')?.value).toBe(password);
			expect(targets.dataSource()).toMatchObject({ name: 'Orders', url: 'orders-db.example.com:5432', jsonData: { database: 'orders' } });
			expect(record).toMatchObject({ item: 'Orders database', failed: [] });
			expect([...record.updated].sort()).toEqual(namesOf(...USERS).sort());
		});

		it('tries a failing target again', async () => {
			targets.fail('backup', 2);
			targets.fail('app-2', 1);
			const password = changePassword();

			expect(await recordOf(item()?.version)).toMatchObject({ failed: [] });
			expect(USERS.map((user) => targets.password(user))).toEqual(USERS.map(() => password));
		});

		it('updates the other targets when one stays down, and says which', async () => {
			const old = targets.password('grafana');
			targets.fail('grafana');
			targets.fail('app-1');
			const password = changePassword();

			const record = await recordOf(item()?.version);
			for (const user of USERS) targets.fail(user, 0);

			expect([...record.failed].sort()).toEqual(namesOf('grafana', 'app-1').sort());
			expect([targets.password('grafana'), targets.password('app-1')]).toEqual([old, old]);
			expect([targets.password('backup'), targets.password('app-2')]).toEqual([password, password]);
		});

		it('stores the password nowhere in n8n, and the other workflow never had it', async () => {
			await waitFor(
				async () => {
					await watching.refresh();
					return watching.events.some(({ version }) => version === item()?.version);
				},
				{ timeoutMs: 30_000, what: 'the last change to be told' },
			);
			await waitFor(async () => (await n8n.rest.executions({ workflowId: 'syncDbPassword01' })).length === 0, {
				timeoutMs: 20_000,
				what: 'n8n to have removed every execution',
			});
			const database = await n8n.databaseBytes();
			expect(database.includes('Orders database')).toBe(true);
			for (const needle of [MARK, emulator.token]) {
				expect(database.includes(needle)).toBe(false);
				expect(n8n.logs().includes(needle)).toBe(false);
				expect(await findAtRest(n8n.userFolder, needle)).toEqual([]);
			}
		});
	});
});
