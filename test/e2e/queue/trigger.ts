import type { Cluster } from '../support/queue/cluster';
import { QueueTriggerScene } from '../support/queue/triggerScene';
import { IS_SOAK, SEED, print } from './form';

const CHANGES = IS_SOAK ? 500 : 60;
const ROUNDS = IS_SOAK ? 8 : 4;

const DURABLE = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
	N8N_SCHEDULER_EXECUTOR_INTERVAL: '1',
	N8N_SCHEDULER_MATERIALIZATION_INTERVAL: '1',
};

const ENGINES = [
	{ engine: 'the default engine', suffix: 'de', env: {}, everySeconds: 4, seed: SEED },
	{ engine: 'the durable scheduler', suffix: 'du', env: DURABLE, everySeconds: 3, seed: SEED + 1 },
];

export function describeTrigger(cluster: () => Cluster): void {
	describe.each(ENGINES)('on $engine', ({ engine, env, ...options }) => {
		let scene: QueueTriggerScene;

		beforeAll(async () => {
			if (Object.keys(env).length > 0) await cluster().startMain(env);
			scene = await QueueTriggerScene.start(cluster(), options);
		}, 120_000);

		afterAll(async () => {
			await scene?.close();
			if (Object.keys(env).length > 0) await cluster().startMain({});
		}, 120_000);

		it(
			'has every change in a successful execution, whichever process was killed',
			async () => {
				for (let round = 0; round < ROUNDS; round++) await scene.killRound(round, Math.ceil(CHANGES / ROUNDS));
				const reports = await scene.settle();

				for (const [index, report] of reports.entries()) print(`${engine}, ${scene.describe(index, report)}`);
				for (const { name, handedOver, unexplained } of reports) {
					expect([name, handedOver.wrongIds, unexplained]).toEqual([name, [], []]);
				}
				// No worker writes durable cursors, so a state can only be lost on the default engine.
				if (engine === 'the durable scheduler') expect(reports.flatMap(({ succeeded }) => succeeded.missing)).toEqual([]);
				expect(scene.rota.kills).toEqual({ main: ROUNDS / 2, worker: ROUNDS / 2 });
			},
			IS_SOAK ? 1_800_000 : 600_000,
		);
	});
}
