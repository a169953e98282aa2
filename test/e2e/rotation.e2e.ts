import { seededRandom } from '../emulators/connect';
import { ADMIN, DatabaseRotation, USERS } from './support/databaseRotation';
import { findAtRest } from './support/filesAtRest';
import { KeyRotation, alignColumns, tableOf, type CrashReport } from './support/keyRotation';
import { startN8n, type N8nServer } from './support/n8nServer';
import { CRASH_POINTS, CUTS, KILLS, describeCrash, killCells, type Crash, type CrashPoint } from './support/rotationCrash';
import { connectCredential } from './support/rotationWorkflow';
import { CONTEST_WORKFLOW, STEPS_WORKFLOW, contestWorkflow, stepsWorkflow, type StepName } from './support/stepsWorkflow';
import { askWebhook } from './support/webhook';

/** `SOAK=1`: n8n is killed at every step, several times, and the client of the database connects for longer. */
const IS_SOAK = process.env['SOAK'] === '1';
const ROUNDS = IS_SOAK ? 3 : 1;
const CONNECTIONS = IS_SOAK ? 5_000 : 1_000;
const SEED = Number(process.env['SEED'] ?? 1);

const MINUTE_MS = 60_000;

let n8n: N8nServer;

beforeAll(async () => {
	n8n = await startN8n();
});

afterAll(async () => {
	await n8n?.stop();
});

describe('rotating an API key', () => {
	let rotation: KeyRotation;
	/** The item that the workflow rotates, and another one for single steps. */
	const target = { vault: 'Production', item: 'web-1.example.com', field: 'password' };
	/** Live, staged and previous values of that item. */
	const secrets = new Set<string>();

	beforeAll(async () => {
		rotation = await KeyRotation.start(n8n);
		const credentialId = connectCredential(rotation.workflow, rotation.scene.connect).id;
		await n8n.rest.importWorkflow(stepsWorkflow(credentialId, target));
		await n8n.rest.importWorkflow(contestWorkflow(credentialId, target));
		await n8n.rest.activateWorkflow(STEPS_WORKFLOW);
	});

	afterAll(async () => {
		await rotation?.close();
	});

	const item = () => {
		const found = rotation.scene.connect.admin.items(target.vault).find(({ title }) => title === target.item);
		if (!found) throw new Error('The item is gone');
		for (const { type, value } of found.fields ?? []) if (type === 'CONCEALED' && value) secrets.add(value);
		return found;
	};
	const valueOf = (label: string) => item().fields?.find((field) => field.label === label)?.value ?? '';

	const take = async (step: StepName, rotationId: string): Promise<Record<string, unknown>> => {
		const answer = await askWebhook(n8n, step, { rotationId });
		item();
		return JSON.parse(answer?.text ?? '{}') as Record<string, unknown>;
	};

	it(
		'leaves exactly one accepted key wherever a run is interrupted',
		async () => {
			const cells: Array<readonly [CrashPoint, Crash]> = CRASH_POINTS.flatMap((point) => CUTS.map((crash) => [point, crash] as const));
			for (let round = 0; round < ROUNDS; round++) cells.push(...killCells(IS_SOAK));
			const reports: CrashReport[] = [];
			try {
				for (const [point, crash] of cells) reports.push(await rotation.crashAndRunAgain(point, crash));
			} finally {
				process.stdout.write(`\n${tableOf(reports)}\n${rotation.kills} kills\n`);
			}

			expect(reports.filter(({ violations, hit }) => violations.length > 0 || !hit)).toEqual([]);
			expect(rotation.kills).toBeGreaterThanOrEqual(killCells(IS_SOAK).length);
			// Not counting a withdrawn key, each rotation had one key issued.
			for (const { point, between, issued } of reports) {
				expect([point.step, issued]).toEqual([point.step, between === 'rolled back' ? 2 : 1]);
			}
		},
		(IS_SOAK ? 60 : 8) * MINUTE_MS,
	);

	it('ends with one key when the workflow runs twice at once', async () => {
		const before = rotation.scene.stored();

		const ends = await Promise.all([rotation.run(), rotation.run()]);

		expect(ends).toContain('done');
		const after = rotation.scene.stored();
		expect(after.key).not.toBe(before.key);
		expect(rotation.scene.issuer.liveKeys()).toEqual([expect.objectContaining({ key: after.key, keyId: after.keyId })]);
	});

	it('refuses to finish after a manual edit of the item, loses nothing, and says why', async () => {
		const live = valueOf('password');
		expect(await take('begin', 'by-hand')).toMatchObject({ state: 'pending', secrets: { pending: '<concealed by 1Password>' } });
		const staged = valueOf('pending value');
		rotation.scene.connect.admin.editItem(target.vault, item().id, ({ fields }) => {
			for (const field of fields) if (field.label === 'username') field.value = 'renamed-by-hand';
		});
		// No check can see what no read shows yet.
		rotation.scene.connect.admin.settle();

		const refused = await take('finish', 'by-hand');

		expect(refused).toMatchObject({ error: { code: 'VERSION_CONFLICT' } });
		expect([valueOf('password'), valueOf('pending value'), valueOf('username')]).toEqual([live, staged, 'renamed-by-hand']);
		expect(await take('status', 'by-hand')).toMatchObject({
			state: 'pending',
			explanation: expect.stringMatching(/the item was edited since then, so it can't be finished.*last edited by/),
		});

		expect(await take('rollback', 'by-hand')).toMatchObject({ state: 'rolled back' });
		expect([valueOf('password'), valueOf('pending value'), valueOf('username')]).toEqual([live, '', 'renamed-by-hand']);
	});

	it('lets exactly one of two runs win that rotate the same item at once', async () => {
		for (let round = 0; round < 5 * ROUNDS; round++) {
			const ids = [`first-${round}`, `second-${round}`];
			const begun = await Promise.all(ids.map(async (id) => await take('begin', id)));

			const winners = begun.filter(({ state }) => state === 'pending');
			expect(winners).toHaveLength(1);
			expect(begun).toContainEqual({ error: expect.objectContaining({ code: 'VERSION_CONFLICT' }) });
			const staged = valueOf('pending value');
			const finished = await Promise.all(ids.map(async (id) => await take('finish', id)));
			expect(finished.filter(({ state }) => state === 'finished')).toHaveLength(1);
			expect(valueOf('password')).toBe(staged);
		}
	});

	it("lets exactly one of two processes win that have not seen each other's step", async () => {
		// Both have read the item before either of them writes.
		rotation.scene.connect.faults.script({ kind: 'delay', delayMs: 4_000, match: { method: 'PATCH' }, times: 2 });

		const runs = await Promise.all([n8n.cli.executeByCli(CONTEST_WORKFLOW), n8n.cli.executeByCli(CONTEST_WORKFLOW)]);
		rotation.scene.connect.faults.clear();
		rotation.scene.connect.admin.settle();

		expect(runs.map(({ exitCode }) => exitCode).sort()).toEqual([0, 1]);
		expect(runs.map(({ run }) => run?.data.resultData.error?.description).join()).toContain('[VERSION_CONFLICT]');
		const staged = item().fields?.filter(({ label, value }) => label === 'pending value' && value);
		expect(staged).toHaveLength(1);
		const winner = valueOf('rotation ID');
		expect(await take('finish', winner)).toMatchObject({ state: 'finished' });
		expect(await take('rollback', winner)).toMatchObject({ state: 'rolled back' });
	});

	it('leaves no value in what n8n returns, stores or logs', async () => {
		const needles = [...secrets, ...rotation.keys, rotation.scene.issuer.keyPrefix];
		expect(secrets.size).toBeGreaterThan(8);
		const saved = await n8n.rest.executions({ workflowId: STEPS_WORKFLOW, includeData: true });
		// Proof that the searches see what was saved.
		expect(JSON.stringify(saved)).toContain("can't be finished");
		await expectNoTrace(needles, JSON.stringify(saved));
	});
});

describe('rotating the users of a database', () => {
	let rotation: DatabaseRotation;

	beforeAll(async () => {
		rotation = await DatabaseRotation.start(n8n);
	});

	afterAll(async () => {
		await rotation?.close();
	});

	it('gives the unused user a new password, and switches in one write', async () => {
		const before = rotation.stored();

		expect(await rotation.run()).toBe('done');

		const after = rotation.stored();
		expect([before.user, after.user]).toEqual(USERS);
		expect(after.version).toBe(before.version + 2);
		expect([await rotation.accepts(before), await rotation.accepts(after)]).toEqual([true, true]);
		expect(rotation.service.messages()).toEqual([expect.stringContaining(USERS[1])]);
	});

	it.each([
		['may not set passwords', `alter role ${ADMIN.user} nocreaterole`, `alter role ${ADMIN.user} createrole`],
		['refuses the new password', `alter role ${USERS[0]} nologin`, `alter role ${USERS[0]} login`],
	])('rolls back when the database %s', async (_what, breakIt, mend) => {
		const before = rotation.stored();
		await rotation.postgres.query(breakIt);

		expect(await rotation.run()).toBe('failed');

		await rotation.postgres.query(mend);
		expect(rotation.stored()).toMatchObject({ user: before.user, password: before.password, state: 'rolled back' });
		expect(await rotation.accepts(before)).toBe(true);
	});

	it('changes no password if both users are the same', async () => {
		const before = rotation.stored();

		expect(await rotation.runByHand({ firstUser: before.user, secondUser: before.user })).toMatch(
			/"firstUser" and "secondUser" in Settings are the same user: enter two/,
		);

		expect(rotation.stored()).toMatchObject({ user: before.user, password: before.password, state: 'rolled back' });
		expect(await rotation.accepts(before)).toBe(true);
	});

	it('changes no password if the item has another user, and rotates once that is fixed', async () => {
		const before = rotation.stored();
		rotation.edit('username', 'somebody_else');

		expect(await rotation.runByHand()).toMatch(/The user name in the item is neither .* fix the item or Settings/);

		rotation.edit('username', before.user);
		expect(await rotation.accepts(before)).toBe(true);
		expect(await rotation.run()).toBe('done');
		expect(await rotation.accepts(rotation.stored())).toBe(true);
	});

	it('says that it needs no grace period if the item has one', async () => {
		const before = rotation.stored();
		rotation.edit('grace until', '2026-01-01T00:00:00Z');

		expect(await rotation.runByHand()).toMatch(
			/The item has a grace period until .* Nothing was done\. Remove "Grace Period.*Rotation ID "\S+" and Previous Value: Drop\.$/,
		);

		expect(rotation.stored()).toMatchObject({ user: before.user, password: before.password, state: 'finished' });
		rotation.edit('grace until', '');
	});

	it(
		'leaves a user that the database accepts wherever a run is interrupted',
		async () => {
			const points = [
				{ step: 'Begin', at: { patch: 0 } },
				{ step: 'Finish', at: { patch: 1 } },
			] as const;
			const cells: Array<readonly [(typeof points)[number], Crash]> = points.flatMap((point) => CUTS.map((crash) => [point, crash] as const));
			for (let round = 0; round < ROUNDS; round++) {
				cells.push(...points.flatMap((point) => KILLS.filter(({ acted }) => IS_SOAK || acted).map((crash) => [point, crash] as const)));
			}
			const rows = [['step', 'crash', 'crashed run', 'item then', 'next run', 'always']];
			const problems: unknown[] = [];
			for (const [point, crash] of cells) {
				const { first, between, second, hit, violations } = await rotation.crashAndRunAgain(point, crash);
				rows.push([point.step, describeCrash(crash), first, between, second ?? 'not needed', violations.join(', ') || 'yes']);
				if (!hit || violations.length > 0) problems.push([point.step, crash, hit, violations]);
			}
			process.stdout.write(`\n${alignColumns(rows)}\n${rotation.kills} kills\n`);
			expect(problems).toEqual([]);
		},
		(IS_SOAK ? 20 : 5) * MINUTE_MS,
	);

	it(
		'refuses no client that reads its password from 1Password for each connection',
		async () => {
			const rotations = IS_SOAK ? 20 : 4;
			const random = seededRandom(SEED);
			let done = 0;
			const { made, failures, switches } = await rotation.connectWhile(CONNECTIONS, async () => {
				for (let run = 0; run < rotations; run++) {
					if ((await rotation.run()) === 'done') done += 1;
					// What a client reads from a replica that lags behind must not be two rotations old.
					await new Promise((resolve) => setTimeout(resolve, 1_000 + random() * 1_000));
				}
			});
			process.stdout.write(`\n${made} connections during ${done} rotations, ${failures.length} failures\n`);

			expect(failures).toEqual([]);
			expect(made).toBeGreaterThanOrEqual(CONNECTIONS);
			expect(done).toBe(rotations);
			expect(switches).toBeGreaterThanOrEqual(rotations);
		},
		10 * MINUTE_MS,
	);

	it('leaves no password in what n8n stores or logs', async () => {
		expect(rotation.passwords.size).toBeGreaterThan(8);
		await expectNoTrace([...rotation.passwords, ADMIN.password], '');
	});
});

async function expectNoTrace(needles: readonly string[], answers: string): Promise<void> {
	const database = (await n8n.databaseBytes()).toString('utf8');
	const places = { answers, logs: n8n.logs(), database };
	expect(database.includes('rotate an API key')).toBe(true);
	const traces: string[] = [];
	for (const needle of needles) {
		for (const form of new Set([needle, JSON.stringify(needle).slice(1, -1)])) {
			for (const [place, text] of Object.entries(places)) {
				const at = text.indexOf(form);
				if (at >= 0) traces.push(`${place}: ${text.slice(Math.max(0, at - 200), at)}…${text.slice(at + form.length, at + form.length + 100)}`);
			}
			traces.push(...(await findAtRest(n8n.userFolder, form)));
		}
	}
	expect(traces).toEqual([]);
}
