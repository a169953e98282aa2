import type { EditableItem } from '../emulators/connect';
import { findAtRest } from './support/filesAtRest';
import { startN8n, type N8nServer } from './support/n8nServer';
import { startRotationScene, type RotationScene } from './support/rotationScene';
import { connectCredential, loadRotationWorkflow, scheduleEvery } from './support/rotationWorkflow';
import { outputOf, type CliRun } from './support/runData';
import { waitFor } from './support/waitFor';
import { nodeNamed } from './support/workflowFile';
import type { WorkflowDocument } from './support/n8nRest';

type Fields = EditableItem['fields'];

const OLD_KEY_GONE = /old key is gone from the item.*revoke it by hand and then end the rotation: .*Previous Value: Drop\.$/;

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

	/** @returns the node that a run by hand has stopped at, and why. */
	const stoppedRun = async (): Promise<[string | undefined, string | undefined]> => {
		const { exitCode, run } = await n8n.cli.executeByCli(workflow.id);
		expect(exitCode).toBe(1);
		return [run?.data.resultData.lastNodeExecuted, run?.data.resultData.error?.message];
	};

	const edit = (change: (fields: Fields) => void): void => {
		const { connect, vault } = scene;
		const id = connect.admin.items(vault).find(({ title }) => title === scene.item)?.id ?? '';
		connect.admin.editItem(vault, id, ({ fields }) => void change(fields));
		// A check can't see what no read shows yet.
		connect.admin.settle();
	};

	it('replaces the key, stores the new one and revokes the old one', async () => {
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
		expect(scene.issuer.liveKeys()).toEqual([{ key: after.key, keyId: after.keyId, name: scene.item }]);
		expect(scene.issuer.isLive(before.key)).toBe(false);
		seenKeys.add(after.key);
	});

	it('conceals the keys in the output of the rotation steps', async () => {
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

	it('leaves 1Password unchanged if the service issues no key', async () => {
		const before = scene.stored();
		scene.issuer.failNext({ call: 'issue' });

		const { exitCode, run } = await n8n.cli.executeByCli(workflow.id);

		expect(exitCode).toBe(1);
		expect(run?.data.resultData.lastNodeExecuted).toBe('Issue new key');
		expect(scene.stored()).toEqual(before);
		expect(scene.issuer.isLive(before.key)).toBe(true);
	});

	it('withdraws and revokes the new key if the service refuses it', async () => {
		const before = scene.stored();
		scene.issuer.failNext({ call: 'whoami', status: 401 });

		const { exitCode, run } = await n8n.cli.executeByCli(workflow.id);

		expect([exitCode, run?.data.resultData.lastNodeExecuted]).toEqual([1, 'Stop: rolled back']);
		expect(run?.data.resultData.error?.message).toMatch(/was withdrawn and revoked; the live key stays in use\. \S/);
		expect(scene.stored()).toMatchObject({ key: before.key, keyId: before.keyId, state: 'rolled back', pending: '' });
		expect(scene.issuer.liveKeys().map(({ key }) => key)).toEqual([before.key]);
	});

	it('continues with the same key after a run in which no read showed the staged key', async () => {
		const before = scene.stored();
		// After the write, reads lag longer than the node waits.
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
		expect(
			scene.issuer
				.liveKeys()
				.map(({ key }) => key)
				.sort(),
		).toEqual([before.key, staged.pending].sort());
		seenKeys.add(staged.pending);

		expect((await n8n.cli.executeByCli(workflow.id)).exitCode).toBe(0);
		expect(scene.stored()).toMatchObject({ key: staged.pending, state: 'ended' });
		expect(scene.issuer.liveKeys().map(({ key }) => key)).toEqual([staged.pending]);
	});

	it("stops before staging if the service's response has no key", async () => {
		const before = scene.stored();
		scene.issuer.failNext({ call: 'issue', status: 200 });

		expect(await stoppedRun()).toEqual(['Stop: no key', expect.stringMatching(/has no "key": adapt that node.*Idempotency-Key \("\S+-\d+"\)/)]);
		expect(scene.stored()).toEqual(before);
	});

	it('reports a withdrawn key that could not be revoked, and revokes it in the next run', async () => {
		const before = scene.stored();
		scene.issuer.failNext({ call: 'whoami', status: 401 });
		scene.issuer.failNext({ call: 'revoke' });

		const [last, message] = await stoppedRun();

		const withdrawn = scene.issuer.liveKeys().find(({ key }) => key !== before.key);
		expect(last).toBe('Stop: rolled back');
		expect(message).toContain(`could not be revoked; the next run does that`);
		expect(message).toContain(`revoke it by hand: key ID ${withdrawn?.keyId}; the live key stays in use. `);

		scene.issuer.failNext({ call: 'issue', status: 200 });
		expect(await stoppedRun()).toEqual(['Stop: not revoked', expect.stringContaining('its response has no "key"')]);
		scene.issuer.failNext({ call: 'revoke' });
		expect(await stoppedRun()).toEqual(['Stop: not revoked', expect.stringContaining(`revoke it by hand: key ID ${withdrawn?.keyId}.`)]);

		expect(failureOf((await n8n.cli.executeByCli(workflow.id)).run)).toBeUndefined();
		expect(scene.issuer.liveKeys()).toEqual([expect.objectContaining({ key: scene.stored().key })]);
	});

	it('keeps the old key valid during the grace period, and revokes it in the first run after it', async () => {
		const before = scene.stored();
		const graceful = { ...structuredClone(workflow), id: 'rotateApiGrace01' };
		Object.assign(nodeNamed(graceful, 'Finish')['parameters'] as object, { options: { graceHours: 1 } });
		await n8n.rest.importWorkflow(graceful);

		const { run } = await n8n.cli.executeByCli(graceful.id);

		expect([failureOf(run), run?.data.resultData.lastNodeExecuted]).toEqual([undefined, 'Notify: grace period']);
		expect(scene.issuer.messages().at(-1)).toMatch(/The old one stays valid until \d{4}-\d\d-\d\dT\S+Z;/);
		expect(scene.stored()).toMatchObject({ state: 'finished', previous: before.key });

		for (const graceUntil of [undefined, '31.12.2026']) {
			if (graceUntil) edit((fields) => (valued(fields, 'grace until').value = graceUntil));
			await n8n.cli.executeByCli(graceful.id);
			expect([graceUntil, scene.stored().state, scene.issuer.isLive(before.key)]).toEqual([graceUntil, 'finished', true]);
		}

		edit((fields) => (valued(fields, 'grace until').value = '2026-01-01T00:00:00Z'));
		expect(failureOf((await n8n.cli.executeByCli(graceful.id)).run)).toBeUndefined();
		expect(scene.stored()).toMatchObject({ state: 'ended', previous: '' });
		expect(scene.issuer.isLive(before.key)).toBe(false);
	});

	describe('after a failed revocation of the old key and an edit of the item', () => {
		beforeAll(async () => {
			scene.issuer.failNext({ call: 'revoke' });
			const [last] = await stoppedRun();
			expect([last, scene.stored().state]).toEqual(['Revoke old key', 'finished']);
		});

		it.each<[string, (fields: Fields) => void, RegExp]>([
			['empties the old key', (fields) => (valued(fields, 'previous value').value = ''), OLD_KEY_GONE],
			['removes the old key', (fields) => void fields.splice(fields.indexOf(valued(fields, 'previous value')), 1), OLD_KEY_GONE],
			[
				'changes the key id',
				(fields) => (valued(fields, 'key id').value = 'another'),
				/put both back.*Previous Value: Drop, Expected Version: \d+\.$/,
			],
			['makes the section unclear', (fields) => (valued(fields, 'rotation ID').value = ''), /can't be understood: .* Fix the section/],
		])('stops and says what to do if someone %s', async (_what, change, advice) => {
			const { previous } = scene.stored();
			let before: Fields = [];
			edit((fields) => {
				before = structuredClone(fields);
				change(fields);
			});
			const asked = scene.issuer.requests().length;

			expect(await stoppedRun()).toEqual(['Stop: unclear', expect.stringMatching(advice)]);

			expect(scene.issuer.requests().length).toBe(asked);
			expect(scene.issuer.isLive(previous)).toBe(true);
			edit((fields) => void fields.splice(0, fields.length, ...before));
		});

		it('continues once the item is fixed', async () => {
			const { previous } = scene.stored();

			expect(failureOf((await n8n.cli.executeByCli(workflow.id)).run)).toBeUndefined();

			expect([scene.stored().state, scene.issuer.isLive(previous)]).toEqual(['ended', false]);
		});
	});

	it('rotates on schedule', async () => {
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

	it('leaves no key in anything that n8n stores or logs', async () => {
		// A scheduled rotation may still be running.
		await waitFor(async () => (await n8n.rest.executions({ workflowId: workflow.id })).length === 0, {
			timeoutMs: 20_000,
			what: 'n8n to have removed every execution',
		});
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

function valued(fields: Fields, label: string): Fields[number] {
	const found = fields.find((field) => field.label === label);
	if (!found) throw new Error(`The item has no field "${label}"`);
	return found;
}

/** Where and why the run failed; undefined when it did not. */
function failureOf(run: CliRun | undefined): string | undefined {
	if (!run) return 'n8n printed no run';
	const { error, lastNodeExecuted } = run.data.resultData;
	return error && `${lastNodeExecuted}: ${error.message} (${error.description ?? ''})`;
}
