import type { Locator, Page } from 'playwright-core';

export type CredentialVerdict = 'green' | 'red';

/** The form of one credential in n8n's editor. */
export class CredentialDialog {
	private constructor(
		private readonly page: Page,
		private readonly dialog: Locator,
	) {}

	static async whenOpen(page: Page): Promise<CredentialDialog> {
		const dialog = page.getByTestId('editCredential-modal');
		await dialog.getByTestId('credential-save-button').waitFor();
		return new CredentialDialog(page, dialog);
	}

	/** Types into text fields, by parameter name. */
	async fill(values: Record<string, string>): Promise<void> {
		for (const [parameter, value] of Object.entries(values)) {
			const field = this.dialog.getByTestId(`parameter-input-${parameter}`);
			await field.locator('input, textarea').first().fill(value);
		}
	}

	/** Saves, which makes n8n test the credential, and returns the result. */
	async saveAndTest(): Promise<CredentialVerdict> {
		const tested = this.page.waitForResponse((response) => response.url().endsWith('/rest/credentials/test'));
		await this.dialog.getByTestId('credential-save-button').click();
		await tested;
		return await this.verdict();
	}

	/** The colour of the bar above the form; waits until there is one. */
	async verdict(): Promise<CredentialVerdict> {
		const green = this.dialog.getByTestId('credentials-config-container-test-success');
		// The red bar has no test id of its own.
		const red = this.dialog.getByText(/^Couldn.t connect with these settings/);
		await green.or(red).first().waitFor();
		return (await green.isVisible()) ? 'green' : 'red';
	}

	/** What the red bar says when its details are opened. */
	async failureDetails(): Promise<string> {
		await this.dialog.getByText('More details').click();
		return await this.dialog.getByTestId('node-credentials-config-container').innerText();
	}

	async text(): Promise<string> {
		return await this.dialog.innerText();
	}

	async close(): Promise<void> {
		// Not Escape, which would also close a node's panel below.
		await this.dialog.locator('.el-dialog__headerbtn').click();
		await this.dialog.waitFor({ state: 'hidden' });
	}
}
