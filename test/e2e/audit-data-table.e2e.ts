import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { startConnectEmulator, type ConnectEmulator } from '../emulators/connect';
import { loadDataTableWorkflow } from './support/auditWorkflow';
import { startChat, type Chat } from './support/chat';
import type { WorkflowDocument } from './support/n8nRest';
import { startN8n, type N8nServer } from './support/n8nServer';
import { runByHand } from './support/requestWorkflow';
import { connectCredential } from './support/rotationWorkflow';
import { outputOf } from './support/runData';
import { waitFor } from './support/waitFor';

/** The audit workflow that keeps its rows in a Data Table of n8n. */

let emulator: ConnectEmulator;
let chat: Chat;
let n8n: N8nServer;
let workflow: WorkflowDocument;

beforeAll(async () => {
	[emulator, chat, n8n] = await Promise.all([
		startConnectEmulator({ seed: { vaults: [{ name: 'Production', items: [{ title: 'Payments API', fields: [] }] }] } }),
		startChat(),
		startN8n(),
	]);
	workflow = await loadDataTableWorkflow(chat.url);
	await n8n.cli.importCredentials([connectCredential(workflow, emulator)]);
	await n8n.rest.importWorkflow(workflow);
	await runByHand(n8n, workflow, 'Create table by hand');
	await n8n.rest.activateWorkflow(workflow.id);
});

afterAll(async () => {
	await Promise.allSettled([n8n?.stop(), chat?.close(), emulator?.close()]);
});

const ROWS = 300;

it('stores each row once although n8n is killed, posts anomalies, and keeps the chain intact', async () => {
	const report = async (): Promise<Record<string, unknown> | undefined> => {
		const { data } = await runByHand(n8n, workflow, 'Verify by hand');
		return outputOf(data, 'Verify chain')[0];
	};
	const isStored = async (count: number): Promise<void> => {
		const isThere = async (): Promise<boolean> => Number((await report())?.['checked']) >= count;
		await waitFor(isThere, {
			timeoutMs: 120_000,
			everyMs: 1_000,
			what: `${count} rows in the table`,
			details: () => n8n.logs().slice(-5_000),
		});
	};
	await isStored(1);
	const vaultId = emulator.admin.vault('Production').id;
	const row = { action: 'READ' as const, vaultId, userAgent: 'connect-sdk-go/1.5.3', ip: '10.0.0.9', jti: 'theirs' };
	for (let n = 0; n < ROWS; n++)
		emulator.admin.logActivity([{ ...row, itemId: `row${String(n).padStart(23, '0')}`, ...(n === 7 && { result: 'DENY' as const }) }]);
	await waitFor(async () => await Promise.resolve(chat.messages.length > 0), {
		timeoutMs: 60_000,
		what: 'an alert',
		details: () => n8n.logs().slice(-5_000),
	});
	await n8n.kill();
	await n8n.restart();
	await isStored(ROWS + 1);
	expect(await report()).toMatchObject({ valid: true, startsAtBeginning: true, firstBroken: null });
	for (const text of chat.messages) expect(text).toMatch(/^high .*refused/);
	process.stdout.write(`${ROWS} rows in the log, 1 kill: ${JSON.stringify(await report())}; ${chat.messages.length} message(s)\n`);
}, 300_000);
