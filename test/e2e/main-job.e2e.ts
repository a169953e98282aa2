import { findAtRest } from './support/filesAtRest';
import { startN8n, type N8nServer } from './support/n8nServer';
import { startRotationScene, type RotationScene } from './support/rotationScene';
import { connectCredential, loadRotationWorkflow, scheduleEvery } from './support/rotationWorkflow';
import { outputOf, type CliRun } from './support/runData';
import { waitFor } from './support/waitFor';
import type { WorkflowDocument } from './support/n8nRest';

describe('rotating an API key with the example workflow in a real n8n', () => {
	let n8n: N8nServer;
	let scene: RotationScene;
	let workflow: WorkflowDocument;
	/** Every key that was ever live: none may be found at rest. */
	const seenKeys = new Set<string>();

	beforeAll(async () => {
		scene = await startRotationScene();
		n8n = await startN8n();
		const { vault, item, issuer } = scene;
		workflow = await loadRotationWorkflow({ issuerUrl: issuer.url, vault, item });
		await n8n.cli.importCredentials([connectCredential(workflow, scene.connect)]);
		scheduleEvery(workflow, 2);
		await n8n.rest.importWorkflow(workflow);
	});

	beforeEach(() => {
		for (const { key } of scene.issuer.liveKeys()) seenKeys.add(key);
	});

	afterAll(async () => {
		await Promise.allSettled([n8n?.stop(), scene?.close()]);
	});

	it('replaces the key, stores the new one and has the old one revoked', async () => {
		const before = scene.stored();

		const { exitCode, run } = await n8n.cli.executeByCli(workflow.id);

		expect(failureOf(run)).toBeUndefined();
		expect(exitCode).toBe(0);
		const after = scene.stored();
		// Begin, Finish and End each write once.
		expect(after.version).toBe(before.version + 3);
		expect(after.key).not.toBe(before.key);
		expect([after.state, after.previous, after.pending]).toEqual(['ended', '', '']);
		expect(scene.issuer.messages()).toEqual([expect.stringContaining(scene.item)]);
		expect(scene.issuer.liveKeys()).toEqual([
			{ key: after.key, keyId: after.keyId, name: scene.item },
		]);
		expect(scene.issuer.isLive(before.key)).toBe(false);
		seenKeys.add(after.key);
	});

	it('conceals the keys in what the steps of the rotation put out', async () => {
		const { run } = await n8n.cli.executeByCli(workflow.id);

		const stored = scene.stored();
		expect(failureOf(run)).toBeUndefined();
		for (const step of ['Begin', 'Finish', 'End']) {
			const output = JSON.stringify(outputOf((run as CliRun).data, step));
			expect(output).toContain('<concealed by 1Password>');
			expect(output).not.toContain(scene.issuer.keyPrefix);
		}
		seenKeys.add(stored.key);
	});

	it('leaves 1Password as it was when the service issues no key', async () => {
		const before = scene.stored();
		scene.issuer.failNext({ call: 'issue' });

		const { exitCode, run } = await n8n.cli.executeByCli(workflow.id);

		expect(exitCode).toBe(1);
		expect(run?.data.resultData.lastNodeExecuted).toBe('Issue new key');
		expect(scene.stored()).toEqual(before);
		expect(scene.issuer.isLive(before.key)).toBe(true);
	});

	it('withdraws the new key and has it revoked when the service refuses it', async () => {
		const before = scene.stored();
		scene.issuer.failNext({ call: 'whoami', status: 401 });

		const { exitCode, run } = await n8n.cli.executeByCli(workflow.id);

		expect([exitCode, run?.data.resultData.lastNodeExecuted]).toEqual([1, 'Stop: rolled back']);
		expect(run?.data.resultData.error?.message).toMatch(/was withdrawn and revoked; the live key stays in use\. \S/);
		expect(scene.stored()).toMatchObject({ key: before.key, keyId: before.keyId, state: 'rolled back', pending: '' });
		expect(scene.issuer.liveKeys().map(({ key }) => key)).toEqual([before.key]);
	});

	it('goes on with the same key after a run in which no read showed that it was staged', async () => {
		const before = scene.stored();
		// From the write on, reads lag longer than the node waits.
		const slowDown = setInterval(() => {
			const patched = scene.connect.requests.some(({ method, at }) => method === 'PATCH' && at > startedAt);
			if (patched) scene.connect.behaviour.replicas = [{ readLagMs: 60_000 }];
		}, 5);
		const startedAt = Date.now();

		const { exitCode, run } = await n8n.cli.executeByCli(workflow.id);
		clearInterval(slowDown);
		scene.connect.behaviour.replicas = [{ readLagMs: 150 }];
		scene.connect.admin.settle();

		expect([exitCode, run?.data.resultData.lastNodeExecuted]).toEqual([1, 'Begin']);
		const staged = scene.stored();
		expect(staged).toMatchObject({ key: before.key, state: 'pending' });
		expect(scene.issuer.liveKeys().map(({ key }) => key).sort()).toEqual([before.key, staged.pending].sort());
		seenKeys.add(staged.pending);

		expect((await n8n.cli.executeByCli(workflow.id)).exitCode).toBe(0);
		expect(scene.stored()).toMatchObject({ key: staged.pending, state: 'ended' });
		expect(scene.issuer.liveKeys().map(({ key }) => key)).toEqual([staged.pending]);
	});

	it('rotates by schedule', async () => {
		const before = scene.stored();
		await n8n.rest.activateWorkflow(workflow.id);

		const rotated = await waitFor(
			async () => {
				for (const { key } of scene.issuer.liveKeys()) seenKeys.add(key);
				const now = scene.stored();
				return now.version >= before.version + 6 ? now : undefined;
			},
			{ timeoutMs: 60_000, what: 'two rotations by schedule', details: () => n8n.logs().slice(-3_000) },
		);
		await n8n.rest.deactivateWorkflow(workflow.id);

		expect(rotated.key).not.toBe(before.key);
		expect(scene.issuer.isLive(before.key)).toBe(false);
	});

	it('has left no key in anything that n8n keeps or logs', async () => {
		// A rotation that the schedule had started may still be under way.
		await waitFor(
			async () => (await n8n.rest.executions({ workflowId: workflow.id })).length === 0,
			{ timeoutMs: 20_000, what: 'n8n to have removed every execution' },
		);
		for (const { key } of scene.issuer.liveKeys()) seenKeys.add(key);
		const needles = [...seenKeys, scene.issuer.keyPrefix, scene.connect.token];

		const database = await n8n.databaseBytes();
		const log = n8n.logs();
		// Proof that the search sees the database at all.
		expect(database.includes(workflow.name)).toBe(true);
		for (const needle of needles) {
			expect(database.includes(needle)).toBe(false);
			expect(log.includes(needle)).toBe(false);
			expect(await findAtRest(n8n.userFolder, needle)).toEqual([]);
		}
	});
});

/** Where and why the run failed; undefined when it did not. */
function failureOf(run: CliRun | undefined): string | undefined {
	if (!run) return 'n8n printed no run';
	const { error, lastNodeExecuted } = run.data.resultData;
	return error && `${lastNodeExecuted}: ${error.message} (${error.description ?? ''})`;
}
