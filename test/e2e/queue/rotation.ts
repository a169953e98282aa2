import { CUTS, CRASH_POINTS, killCells, type Crash, type CrashPoint } from '../support/rotationCrash';
import { KeyRotation, tableOf, type CrashReport } from '../support/keyRotation';
import type { Cluster } from '../support/queue/cluster';
import { KillRota } from '../support/queue/killRota';
import { connectCredential } from '../support/rotationWorkflow';
import { STEPS_WORKFLOW, stepsWorkflow, type StepName } from '../support/stepsWorkflow';
import { askWebhook } from '../support/webhook';
import { IS_SOAK, print } from './form';

const TARGET = { vault: 'Production', item: 'web-1.example.com', field: 'password' };
const CONTESTS = IS_SOAK ? 10 : 3;

export function describeRotation(cluster: () => Cluster): void {
	let rotation: KeyRotation;
	let rota: KillRota;

	beforeAll(async () => {
		rota = new KillRota(cluster(), ['worker']);
		const kill = async (): Promise<void> => {
			await rota.kill();
			// It comes back while the other worker continues.
			await rota.restart();
		};
		rotation = await KeyRotation.start(cluster().asOne({ kill, restart: async () => await Promise.resolve() }));
		await cluster().rest.importWorkflow(stepsWorkflow(connectCredential(rotation.workflow, rotation.scene.connect).id, TARGET));
		await cluster().rest.activateWorkflow(STEPS_WORKFLOW);
	}, 120_000);

	afterAll(async () => {
		for (const id of [STEPS_WORKFLOW, rotation.workflow.id]) await cluster().rest.deactivateWorkflow(id);
		await rotation?.close();
		await rota.allUp();
	});

	it(
		'leaves exactly one accepted key wherever the worker was killed',
		async () => {
			const cells: Array<readonly [CrashPoint, Crash]> = killCells(IS_SOAK);
			if (IS_SOAK) cells.push(...CRASH_POINTS.flatMap((point) => CUTS.map((crash) => [point, crash] as const)));
			const reports: CrashReport[] = [];
			try {
				for (const [point, crash] of cells) {
					await rota.allUp();
					reports.push(await rotation.crashAndRunAgain(point, crash));
				}
			} finally {
				print(
					`\n${tableOf(reports)}\nrotation: ${reports.length} crashes, ${rota.describe()}, ${reports.flatMap(({ violations }) => violations).length} violations`,
				);
			}
			expect(reports.filter(({ violations, hit }) => violations.length > 0 || !hit)).toEqual([]);
			expect(rota.kills.worker).toBe(killCells(IS_SOAK).length);
		},
		IS_SOAK ? 1_800_000 : 300_000,
	);

	it('ends with one key when the workflow runs twice at once', async () => {
		const before = rotation.scene.stored();
		await rota.allUp();

		const ends = await Promise.all([rotation.run(), rotation.run()]);

		expect(ends).toContain('done');
		const after = rotation.scene.stored();
		expect(after.key).not.toBe(before.key);
		expect(rotation.scene.issuer.liveKeys()).toEqual([expect.objectContaining({ key: after.key, keyId: after.keyId })]);
	});

	it('lets exactly one of two workers win that rotate the same item at once', async () => {
		const { connect } = rotation.scene;
		const fields = () => connect.admin.items(TARGET.vault).find(({ title }) => title === TARGET.item)?.fields ?? [];
		const valueOf = (label: string): string => fields().find((field) => field.label === label)?.value ?? '';
		const take = async (step: StepName, rotationId: string): Promise<Record<string, unknown>> => {
			const answer = await askWebhook(rotation.n8n, step, { rotationId });
			return JSON.parse(answer?.text ?? '{}') as Record<string, unknown>;
		};
		const shares = await cluster().shares();
		for (let round = 0; round < CONTESTS; round++) {
			const ids = [`first-${round}`, `second-${round}`];
			// Both have read the item before either of them writes.
			connect.faults.script({ kind: 'delay', delayMs: 1_500, match: { method: 'PATCH' }, times: 2 });
			const begun = await Promise.all(ids.map(async (id) => await take('begin', id)));
			connect.faults.clear();
			connect.admin.settle();

			expect(begun.filter(({ state }) => state === 'pending')).toHaveLength(1);
			expect(begun).toContainEqual({ error: expect.objectContaining({ code: 'VERSION_CONFLICT' }) });
			const staged = valueOf('pending value');
			const finished = await Promise.all(ids.map(async (id) => await take('finish', id)));
			expect(finished.filter(({ state }) => state === 'finished')).toHaveLength(1);
			expect(valueOf('password')).toBe(staged);
		}
		const taken = (await cluster().shares()).map((share, index) => share - (shares[index] ?? 0));
		print(`rotation: ${CONTESTS} contests of two rotations, ${taken.join(' + ')} executions by the workers, one winner each`);
		expect(Math.min(...taken)).toBeGreaterThan(0);
	});
}
