import type { Page } from 'playwright-core';

const TOAST = '.el-notification';

/** Closes the messages at the lower right, which cover other elements and stay longer than needed. */
export async function closeToasts(page: Page): Promise<void> {
	const buttons = page.locator('.el-notification__closeBtn');
	for (let left = await buttons.count(); left > 0; left--) {
		// One may go by itself at any moment.
		await buttons
			.first()
			.click({ timeout: 1_000 })
			.catch(() => undefined);
	}
	await page.locator(TOAST).first().waitFor({ state: 'detached' });
}

/** Waits for a message and answers its text. */
export async function nextToast(page: Page): Promise<string> {
	const toast = page.locator(TOAST).first();
	await toast.waitFor();
	return (await toast.innerText()).trim();
}
