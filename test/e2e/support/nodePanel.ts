import type { Page } from 'playwright-core';
import { CredentialDialog } from './credentialDialog';
import { closeToasts, nextToast } from './toasts';
import { waitFor } from './waitFor';

/** Room for some hundred lines of output. */
const HIGH_WINDOW_PX = 6_000;

/** The panel of one node: its parameters in the middle, its output on the right. */
export class NodePanel {
	constructor(private readonly page: Page) {}

	/** Opens the list of a resource locator and answers the names in it; an error shown there is thrown. */
	async openList(parameter: string): Promise<string[]> {
		const locator = this.page.getByTestId(`resource-locator-${parameter}`);
		await locator.getByTestId('rlc-input').click();
		const search = this.page.locator('[data-test-id="rlc-search"]:visible');
		await search.first().waitFor();
		// While the list loads it already shows the current value, above grey bars without a test id.
		await this.page.locator('[class*="_loadingItem_"]:visible').first().waitFor({ state: 'hidden' });
		const choices = this.page.locator('[data-test-id="rlc-item"]:visible');
		const failure = this.page.locator('[data-test-id="rlc-error-container"]:visible').first();
		await choices.first().or(failure).first().waitFor();
		if (await failure.isVisible()) throw new Error(await failure.innerText());
		return (await choices.allInnerTexts()).map((text) => text.trim());
	}

	/** Chooses one of the names in the open list. */
	async pick(name: string): Promise<void> {
		const choices = this.page.locator('[data-test-id="rlc-item"]:visible');
		await choices.getByText(name, { exact: true }).click();
		await choices.first().waitFor({ state: 'hidden' });
	}

	/** Chooses an entry of a drop-down parameter such as Resource or Operation. */
	async choose(parameter: string, entry: string): Promise<void> {
		await this.page.getByTestId(`parameter-input-${parameter}`).click();
		await this.page.getByRole('option', { name: entry }).locator('visible=true').click();
	}

	async openCredential(): Promise<CredentialDialog> {
		await this.page.getByTestId('credential-edit-button').click();
		return await CredentialDialog.whenOpen(this.page);
	}

	/** Runs the node and the nodes before it, and returns n8n's message. */
	async execute(): Promise<string> {
		await closeToasts(this.page);
		await this.page.getByTestId('node-execute-button').click();
		return await nextToast(this.page);
	}

	/** The items in the output panel, as its JSON view shows them. */
	async outputItems(): Promise<unknown> {
		const panel = this.page.getByTestId('output-panel');
		await panel.getByTestId('radio-button-json').click();
		const data = panel.getByTestId('ndv-data-container');
		// The view is there before its lines are, and has only the lines that fit into the window.
		const what = 'the output panel to show all its data as JSON';
		let shown = '';
		const wholeDocument = async (): Promise<unknown> => {
			// Lines are indented with spaces that do not break, which JSON does not know.
			shown = (await data.innerText()).replaceAll('\u00a0', ' ');
			return JSON.parse(shown);
		};
		return await this.inHighWindow(async () => await waitFor(wholeDocument, { timeoutMs: 20_000, what, details: () => shown }));
	}

	/** The whole output panel, which after a failed run holds the error. */
	async outputPanelText(): Promise<string> {
		return await this.page.getByTestId('output-panel').innerText();
	}

	async parametersText(): Promise<string> {
		return await this.page.getByTestId('node-parameters').innerText();
	}

	async close(): Promise<void> {
		await this.page.getByTestId('ndv-close-button').click();
		await this.page.getByTestId('ndv').waitFor({ state: 'hidden' });
	}

	private async inHighWindow<T>(look: () => Promise<T>): Promise<T> {
		const size = this.page.viewportSize();
		if (!size) throw new Error('This page has no fixed window');
		await this.page.setViewportSize({ ...size, height: HIGH_WINDOW_PX });
		try {
			return await look();
		} finally {
			await this.page.setViewportSize(size);
		}
	}
}
