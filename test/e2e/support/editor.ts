import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser';
import { CredentialDialog } from './credentialDialog';
import type { N8nServer } from './n8nServer';
import { NodePanel } from './nodePanel';
import { REPOSITORY } from './packedPackage';
import { closeToasts } from './toasts';

const IMAGES = join(REPOSITORY, 'docs', 'images');
const ACTION_TIMEOUT_MS = 30_000;

/** n8n's editor in a browser, as its owner sees it. Selectors: n8n 2.41's `data-test-id` attributes. */
export class Editor {
	/** Addresses outside this machine that the editor asked for. */
	readonly foreignRequests: string[] = [];

	private constructor(
		private readonly browser: Browser,
		readonly page: Page,
		private readonly baseUrl: string,
	) {
		page.setDefaultTimeout(ACTION_TIMEOUT_MS);
		page.on('request', (request) => {
			const url = new URL(request.url());
			const isLocal = ['localhost', '127.0.0.1', ''].includes(url.hostname);
			if (!isLocal) this.foreignRequests.push(request.url());
		});
	}

	static async logIn(n8n: Pick<N8nServer, 'url' | 'owner'>): Promise<Editor> {
		const browser = await launchBrowser();
		try {
			const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
			const editor = new Editor(browser, page, n8n.url);
			await page.goto(`${n8n.url}/signin`);
			await page.fill('input[name="emailOrLdapLoginId"]', n8n.owner.email);
			await page.fill('input[name="password"]', n8n.owner.password);
			await page.getByTestId('form-submit-button').click();
			await page.waitForURL((url) => !url.pathname.includes('signin'));
			return editor;
		} catch (error) {
			await browser.close();
			throw error;
		}
	}

	async openWorkflow(workflowId: string): Promise<void> {
		await this.page.goto(`${this.baseUrl}/workflow/${workflowId}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
		await this.page.getByTestId('zoom-to-fit').click();
	}

	/** Opens a node of the open workflow. */
	async openNode(name: string): Promise<NodePanel> {
		await this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
		await this.page.getByTestId('ndv').waitFor();
		return new NodePanel(this.page);
	}

	/** Opens a saved credential; n8n tests it at once. */
	async openCredential(credentialId: string): Promise<CredentialDialog> {
		await this.page.goto(`${this.baseUrl}/home/credentials/${credentialId}`);
		return await CredentialDialog.whenOpen(this.page);
	}

	/** Opens the empty form for a new credential of the type with this display name. */
	async createCredential(displayName: string): Promise<CredentialDialog> {
		await this.page.goto(`${this.baseUrl}/home/credentials/create`);
		await this.page.getByTestId('new-credential-type-select').locator('input').fill(displayName);
		await this.page.getByRole('option', { name: displayName, exact: true }).click();
		await this.page.getByTestId('new-credential-type-button').click();
		return await CredentialDialog.whenOpen(this.page);
	}

	/** Writes `docs/images/<name>.png` when UPDATE_SCREENSHOTS=1; otherwise does nothing. */
	async screenshot(name: string): Promise<void> {
		if (process.env['UPDATE_SCREENSHOTS'] !== '1') return;
		await closeToasts(this.page);
		await mkdir(IMAGES, { recursive: true });
		await this.page.screenshot({ path: join(IMAGES, `${name}.png`), animations: 'disabled' });
	}

	async close(): Promise<void> {
		await this.browser.close();
	}
}
