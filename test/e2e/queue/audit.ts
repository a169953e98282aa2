import { AuditScene } from '../support/auditScene';
import { runByHand } from '../support/requestWorkflow';
import { outputOf } from '../support/runData';
import type { Cluster } from '../support/queue/cluster';
import { KillRota } from '../support/queue/killRota';
import { waitFor } from '../support/waitFor';
import { IS_SOAK, SEED, print } from './form';

const ROWS = IS_SOAK ? 10_000 : 2_000;
const ROUNDS = IS_SOAK ? 6 : 4;

export function describeAudit(cluster: () => Cluster): void {
	let scene: AuditScene;
	let rota: KillRota;

	beforeAll(async () => {
		rota = new KillRota(cluster(), ['worker', 'main']);
		scene = await AuditScene.startIn(cluster().asOne(rota), {}, {}, SEED);
	}, 180_000);

	afterAll(async () => {
		await cluster().rest.deactivateWorkflow(scene.workflow.id);
		await scene?.close();
	});

	const countsOf = async (): Promise<Record<string, number>> => {
		const [row] = await scene.postgres.query(
			`SELECT count(*)::int AS rows, count(DISTINCT "eventId")::int AS events, count(DISTINCT "itemId")::int AS items
			FROM onepassword_audit WHERE "itemId" LIKE 'row%'`,
		);
		return row as Record<string, number>;
	};

	it(
		'stores each row once while workers and main are killed in turn, and posts every alert',
		async () => {
			const block = Math.ceil(ROWS * 0.4);
			scene.log(block);
			for (let round = 0; round < ROUNDS; round++) {
				await rota.allUp();
				await scene.killRound(round, Math.ceil((ROWS - block) / ROUNDS));
			}
			await waitFor(async () => (await countsOf())['items'] === scene.logged.length, {
				timeoutMs: 60_000,
				everyMs: 1_000,
				what: 'every row in the table',
			}).catch(() => undefined);
			await scene.runs(4);
			const { rows = 0, events = 0, items = 0 } = await countsOf();
			const told = new Set(scene.chat.messages.flatMap((text) => [...text.matchAll(/event: (\S+)/g)].map(([, eventId]) => eventId)));
			const refused = await scene.rows(`"result" = 'DENY'`);
			const untold = refused.filter(({ eventId }) => !told.has(String(eventId)));
			const ends = (await cluster().rest.executionsExcept(scene.workflow.id, new Set())).map(({ status }) => status);
			const countOf = (status: string): number => ends.filter((one) => one === status).length;
			print(
				`audit: ${scene.logged.length} rows in the log, ${rota.describe()} (${ends.length} executions, ${countOf('crashed')} crashed, ${countOf('error')} failed): ` +
					`${rows} in the table, ${scene.logged.length - items} missing, ${rows - events} twice; ${refused.length} of ${scene.refused.length} alerts stored, ${untold.length} not told`,
			);
			expect({ rows, events, items }).toEqual({ rows: scene.logged.length, events: scene.logged.length, items: scene.logged.length });
			expect([refused.length, untold]).toEqual([scene.refused.length, []]);
			expect(rota.kills).toEqual({ main: ROUNDS / 2, worker: ROUNDS / 2 });
		},
		IS_SOAK ? 1_200_000 : 400_000,
	);

	it('has an intact hash chain in the table afterwards', async () => {
		const { data } = await runByHand(scene.n8n, scene.workflow, 'Verify by hand');
		const [report] = outputOf(data, 'Verify chain');
		print(`audit chain: ${JSON.stringify(report)}`);
		expect(report).toMatchObject({ valid: true, checked: await scene.count() });
	});
}
