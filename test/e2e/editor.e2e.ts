import { Editor } from './support/editor';
import { startN8n, type N8nServer } from './support/n8nServer';
import type { NodePanel } from './support/nodePanel';
import type { WorkflowDocument } from './support/n8nRest';
import { startRotationScene, type RotationScene } from './support/rotationScene';
import { loadRotationWorkflow } from './support/rotationWorkflow';

const CREDENTIAL = { id: 'editorCredential', name: '1Password Connect' };
const CONCEALED = '<concealed by 1Password>';

/** A workflow whose only step is still to be set up by hand. */
const WORKFLOW: WorkflowDocument = {
	id: 'editorWorkflow01',
	name: 'Read an item',
	nodes: [
		{
			id: 'c6a1f6d8-0000-4000-8000-000000000001',
			name: 'Start',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			id: 'c6a1f6d8-0000-4000-8000-000000000002',
			name: '1Password',
			type: 'n8n-nodes-1password-connect.onePassword',
			typeVersion: 1,
			position: [220, 0],
			parameters: { resource: 'item', operation: 'get' },
			credentials: { onePasswordConnectApi: CREDENTIAL },
		},
	],
	connections: { Start: { main: [[{ node: '1Password', type: 'main', index: 0 }]] } },
	settings: { executionOrder: 'v1' },
};

describe('the 1Password node in the n8n editor', () => {
	let n8n: N8nServer;
	let scene: RotationScene;
	let editor: Editor;

	beforeAll(async () => {
		// Pictures show the address: always the same one, and the one that Connect has by default.
		const connectPort = process.env['UPDATE_SCREENSHOTS'] === '1' ? 8080 : 0;
		scene = await startRotationScene({ connectPort });
		n8n = await startN8n();
		const { url, token } = scene.connect;
		await n8n.cli.importCredentials([{ ...CREDENTIAL, type: 'onePasswordConnectApi', data: { serverUrl: url, accessToken: token } }]);
		await n8n.rest.importWorkflow(WORKFLOW);
		await n8n.rest.importWorkflow(await loadRotationWorkflow({ issuerUrl: 'https://api.example.com' }));
		editor = await Editor.logIn(n8n);
	});

	afterAll(async () => {
		await Promise.allSettled([editor?.close(), n8n?.stop(), scene?.close()]);
	});

	describe('its credential', () => {
		it('turns green with a token that the server accepts', async () => {
			const dialog = await editor.createCredential('1Password Connect API');
			await dialog.fill({ serverUrl: scene.connect.url, accessToken: scene.connect.token });

			expect(await dialog.saveAndTest()).toBe('green');
			await editor.screenshot('credential');
			await dialog.close();
		});

		it('turns red, and says why, with a token that the server refuses', async () => {
			const dialog = await editor.createCredential('1Password Connect API');
			await dialog.fill({ serverUrl: scene.connect.url, accessToken: 'not-a-token' });

			expect(await dialog.saveAndTest()).toBe('red');
			const details = await dialog.failureDetails();
			expect(details).toContain('The token was refused.');
			expect(details).not.toContain('not-a-token');
			await editor.screenshot('credential-refused');
			await dialog.close();
		});
	});

	describe('its panel', () => {
		let panel: NodePanel;

		beforeAll(async () => {
			await editor.openWorkflow(WORKFLOW.id);
			panel = await editor.openNode('1Password');
		});

		it("lists the token's vaults by name", async () => {
			const names = await panel.openList('vault');

			expect(names).toEqual(expect.arrayContaining(['Production', 'Staging', 'Databases']));
			await editor.screenshot('pick-vault');
			await panel.pick('Production');
		});

		it('lists the items of the chosen vault by title', async () => {
			const names = await panel.openList('item');

			expect(names).toEqual(expect.arrayContaining(['Payments API', 'Admin console']));
			expect(names).not.toContain('Webhook');
			await editor.screenshot('pick-item');
			await panel.pick('Payments API');
		});

		it('shows a placeholder instead of secret values', async () => {
			// On a busy machine n8n may show the message before it knows that only a node was asked for.
			expect(await panel.execute()).toMatch(/^(Node|Workflow) executed successfully$/);

			const items = await panel.outputItems();
			expect(items).toMatchObject([{ title: 'Payments API', fields: { username: 'payments-service', credential: CONCEALED } }]);
			expect(JSON.stringify(items)).not.toContain(scene.stored().key);
			await editor.screenshot('concealed-output');
		});
	});

	it('shows every node of the example workflow', async () => {
		const workflow = await loadRotationWorkflow({ issuerUrl: 'https://api.example.com' });
		await editor.openWorkflow(workflow.id);

		for (const { name, type } of workflow.nodes) {
			if (type === 'n8n-nodes-base.stickyNote') continue;
			const node = `[data-test-id="canvas-node"][data-node-name="${String(name)}"]`;
			expect(await editor.page.locator(node).isVisible()).toBe(true);
		}
		await editor.screenshot('rotate-api-key');
	});

	it('sent no request to the internet', () => {
		expect(editor.foreignRequests).toEqual([]);
	});
});
