import { byName } from '../support/parameters';
import { AuditScene } from './support/auditScene';
import { READ_ITEM } from './support/auditWorkflow';
import { runByHand } from './support/requestWorkflow';
import { outputOf } from './support/runData';
import { waitFor } from './support/waitFor';

/** `SOAK=1`: more rows, and more kills. */
const IS_SOAK = process.env['SOAK'] === '1';
const ROUNDS = IS_SOAK ? 12 : 4;
const ROWS = IS_SOAK ? 40_000 : 10_000;
const SEED = Number(process.env['SEED'] ?? 1);

const VAULT = { vault: byName('Production') };
const READERS: Readonly<Record<string, object>> = {
	readsByGet000001: { resource: 'item', operation: 'get', ...VAULT, item: byName('Payments API'), reveal: 'all', simplify: true },
	readsResolve0001: {
		resource: 'secret',
		operation: 'resolve',
		references: { values: [{ reference: 'op://Production/Orders database/key' }] },
		reveal: 'all',
	},
	readsInject00001: { resource: 'secret', operation: 'inject', template: '{{ op://Production/Mail/key }}', reveal: 'all' },
};
const TITLES = ['Payments API', 'Orders database', 'Mail'];

/** A zone in which it is past three in the morning now, for at least the next hours of the night. */
function zoneOfNight(): string {
	const offset = 3 - new Date().getUTCHours();
	const hours = offset < -12 ? offset + 24 : offset;
	// These names have the opposite sign.
	return `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
}

let scene: AuditScene;

beforeAll(async () => {
	scene = await AuditScene.start(READERS, { timeZone: zoneOfNight() }, SEED);
});

afterAll(async () => {
	await scene?.close();
});

const print = (text: string): boolean => process.stdout.write(`${text}\n`);

it('names the workflow, the execution and the node of each read of a secret', async () => {
	const calls = 3;
	for (let call = 0; call < calls; call++) {
		for (const id of Object.keys(READERS)) {
			const response = await fetch(`${scene.n8n.url}/webhook/${id}`, { method: 'POST' });
			expect(await response.text()).toContain('canary-value');
		}
	}
	const found = await waitFor(
		async () => {
			const rows = await scene.rows('"workflowId" IS NOT NULL AND "itemId" IS NOT NULL');
			return rows.length >= calls * TITLES.length && rows;
		},
		{ timeoutMs: 30_000, what: 'the reads in the table', details: () => scene.n8n.logs().slice(-5_000) },
	);
	for (const [index, id] of Object.keys(READERS).entries()) {
		const executions = await scene.n8n.rest.executions({ workflowId: id });
		const own = found.filter(({ workflowId }) => workflowId === id);
		expect(own.map(({ executionId }) => executionId).sort()).toEqual(executions.map((one) => one.id).sort());
		for (const row of own) {
			expect(row).toMatchObject({
				node: READ_ITEM,
				action: 'READ',
				result: 'SUCCESS',
				vaultName: 'Production',
				itemTitle: TITLES[index],
				ip: '127.0.0.1',
			});
		}
	}
	print(`${found.length} reads by ${TITLES.length} workflows, each with its workflow, execution and node`);
});

it('posts one alert about an access at three in the morning by an unknown client', async () => {
	// The reads of known workflows at this hour are stored, and not worth a message.
	expect(scene.chat.messages).toEqual([]);
	const { id = '', vault } = scene.emulator.admin.items('Production')[0] ?? {};
	scene.emulator.admin.logActivity([
		{ action: 'READ', vaultId: vault?.id, itemId: id, userAgent: 'curl/8.7.1 <!channel>', ip: '203.0.113.66', jti: 'stolen' },
	]);
	await waitFor(async () => await Promise.resolve(scene.chat.messages.length > 0), {
		timeoutMs: 30_000,
		what: 'an alert',
		details: () => scene.n8n.logs().slice(-5_000),
	});
	await scene.runs(4);
	expect(scene.chat.messages).toHaveLength(1);
	for (const part of ['HIGH', 'Not one of the known clients: curl', 'Outside of working hours', /\b0[34]:\d\d/, 'Payments API', '203.0.113.66']) {
		expect(scene.chat.messages[0]).toMatch(part);
	}
	expect(scene.chat.messages[0]).not.toMatch(/[<>]|repeat/);
	print(`1 alert: ${scene.chat.messages[0]}`);
});

it(
	'stores each row once while n8n is killed repeatedly, and posts every alert',
	async () => {
		const before = { rows: await scene.count(), messages: scene.chat.messages.length };
		// More than a run takes at once.
		const block = Math.ceil(ROWS * 0.6);
		scene.log(block);
		for (let round = 0; round < ROUNDS; round++) await scene.killRound(round, Math.ceil((ROWS - block) / ROUNDS));
		const countsOf = async (): Promise<Record<string, number>> => {
			const [row] = await scene.postgres.query(
				`SELECT count(*)::int AS rows, count(DISTINCT "eventId")::int AS events, count(DISTINCT "itemId")::int AS items
				FROM onepassword_audit WHERE "itemId" LIKE 'row%'`,
			);
			return row as Record<string, number>;
		};
		await waitFor(async () => (await countsOf())['items'] === scene.logged.length, {
			timeoutMs: 120_000,
			everyMs: 1_000,
			what: 'every row in the table',
			details: () => scene.n8n.logs().slice(-5_000),
		});
		await scene.runs(4);
		const { rows = 0, events = 0, items = 0 } = await countsOf();
		const own = await scene.rows(`"kind" IN ('collectorStarted', 'positionLost')`);
		expect(own).toMatchObject([{ kind: 'collectorStarted' }]);
		const untold = await scene.postgres.query('SELECT * FROM onepassword_alerts WHERE "toldAt" IS NULL');
		const messages = scene.chat.messages.slice(before.messages);
		const tellings = messages.flatMap((text) =>
			[...text.matchAll(/event: (\S+)/g)].map(([, eventId]) => ({ eventId, isMarked: text.startsWith('May be a repeat') })),
		);
		const firsts = new Set<string | undefined>();
		const repeats = tellings.filter(({ eventId }) => firsts.size === firsts.add(eventId).size);
		const refused = await scene.rows(`"result" = 'DENY'`);
		const crashed = (await scene.n8n.rest.executionsExcept(scene.workflow.id, new Set())).filter(({ status }) => status === 'crashed');
		print(
			`${scene.logged.length} rows in the log, ${scene.kills} kills (${crashed.length} executions broken off): ${rows} in the table, ${scene.logged.length - items} missing, ` +
				`${rows - events} twice, ${(await scene.count()) - before.rows - rows} of others; ` +
				`${firsts.size} alerts in ${messages.length} messages, ${repeats.length} repeated, ${repeats.filter(({ isMarked }) => !isMarked).length} of them not marked, ${untold.length} not told`,
		);
		expect({ rows, events, items }).toEqual({ rows: scene.logged.length, events: scene.logged.length, items: scene.logged.length });
		expect(scene.kills).toBe(ROUNDS);
		expect(refused.map(({ itemId }) => itemId).sort()).toEqual([...scene.refused].sort());
		// Similar alerts share a line, and a message has 20 lines. The others are counted in it and marked as posted.
		const counts = messages.flatMap((text) => [...text.matchAll(/(\d+) (?:HIGH \(denied[^)]*\)|more like it)/g)]);
		const counted = counts.reduce((sum, [, count]) => sum + Number(count), 0);
		const unlisted = refused.filter(({ eventId }) => !firsts.has(String(eventId)));
		const told = await scene.postgres.query('SELECT "key" FROM onepassword_alerts WHERE "toldAt" IS NOT NULL');
		const keys = new Set(told.map(({ key }) => key));
		print(`${unlisted.length} refused requests without a line of their own, ${counted} counted in messages`);
		expect(refused.filter(({ eventId }) => !keys.has(eventId))).toEqual([]);
		expect(unlisted.length).toBeLessThanOrEqual(counted);
		expect(untold).toEqual([]);
		expect(repeats.filter(({ isMarked }) => !isMarked)).toEqual([]);
	},
	IS_SOAK ? 1_800_000 : 300_000,
);

describe('the hash chain in the table', () => {
	const verify = async (): Promise<Record<string, unknown> | undefined> => {
		const { data } = await runByHand(scene.n8n, scene.workflow, 'Verify by hand');
		return outputOf(data, 'Verify chain')[0];
	};
	// While the workflow runs, removed rows are stored again.
	beforeAll(async () => await scene.n8n.rest.deactivateWorkflow(scene.workflow.id));

	const restore = `INSERT INTO onepassword_audit SELECT * FROM json_populate_record(NULL::onepassword_audit, $1::json)`;

	/** Two consecutive rows in the middle of the table. */
	const neighbours = async (): Promise<Array<Record<string, unknown>>> =>
		await scene.postgres.query(
			`SELECT one.*, other."eventId" AS next FROM onepassword_audit one JOIN onepassword_audit other ON other."previousHash" = one."hash"
			ORDER BY one."timestamp" OFFSET ${Math.floor(scene.logged.length / 2)} LIMIT 1`,
		);

	it('is intact after the kills', async () => {
		const report = await verify();
		print(`chain: ${JSON.stringify(report)}`);
		expect(report).toMatchObject({
			valid: true,
			checked: await scene.count(),
			startsAtBeginning: true,
			firstBroken: null,
			endCheckedAgainst: null,
		});
	});

	it('restores removed last rows from the log, and detects an empty table', async () => {
		const before = await scene.count();
		await scene.postgres.query(
			'DELETE FROM onepassword_audit one WHERE NOT EXISTS (SELECT FROM onepassword_audit WHERE "previousHash" = one."hash")',
		);
		expect(await scene.count()).toBe(before - 1);
		await scene.n8n.rest.activateWorkflow(scene.workflow.id);
		await waitFor(async () => (await scene.count()) >= before, {
			timeoutMs: 60_000,
			what: 'the row in the table again',
			details: () => scene.n8n.logs().slice(-5_000),
		});
		await scene.n8n.rest.deactivateWorkflow(scene.workflow.id);
		expect(await verify()).toMatchObject({ valid: true, checked: before });
		await scene.postgres.query('CREATE TABLE kept AS SELECT * FROM onepassword_audit');
		await scene.postgres.query('DELETE FROM onepassword_audit');
		expect(await verify()).toMatchObject({ valid: false, checked: 0, firstBroken: { reason: 'empty' } });
		await scene.postgres.query('INSERT INTO onepassword_audit SELECT * FROM kept');
		expect(await verify()).toMatchObject({ valid: true });
	});

	it('shows which row was changed, removed or inserted', async () => {
		const [{ next, ...row } = {}] = await neighbours();
		const { eventId } = row;
		await scene.postgres.query(`UPDATE onepassword_audit SET "ip" = '1.1.1.1' WHERE "eventId" = $1`, [eventId]);
		expect(await verify()).toMatchObject({ valid: false, firstBroken: { eventId, reason: 'changed' } });
		await scene.postgres.query('DELETE FROM onepassword_audit WHERE "eventId" = $1', [eventId]);
		expect(await verify()).toMatchObject({ valid: false, firstBroken: { eventId: next, reason: 'removed' } });
		await scene.postgres.query(restore, [JSON.stringify(row)]);
		expect(await verify()).toMatchObject({ valid: true });
		await scene.postgres.query(restore, [JSON.stringify({ ...row, eventId: 'forged' })]);
		expect(await verify()).toMatchObject({ valid: false, firstBroken: { eventId: 'forged', reason: 'inserted' } });
		await scene.postgres.query(`DELETE FROM onepassword_audit WHERE "eventId" = 'forged'`);
		expect(await verify()).toMatchObject({ valid: true });
	});
});
