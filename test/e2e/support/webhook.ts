import type { RunningN8n } from './n8nServer';
import { GiveUp, waitFor } from './waitFor';

/** `broken off`: n8n did not live to answer. */
export type RunEnd = 'done' | 'failed' | 'broken off';

/** Runs a workflow that answers when its last node has run. */
export async function callWebhook(n8n: RunningN8n, path: string, body: object = {}): Promise<RunEnd> {
	const response = await askWebhook(n8n, path, body);
	if (!response) return 'broken off';
	return response.ok ? 'done' : 'failed';
}

/** @returns undefined where n8n did not live to answer. */
export async function askWebhook(n8n: RunningN8n, path: string, body: object = {}): Promise<{ ok: boolean; text: string } | undefined> {
	const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
	return await waitFor(
		async () => {
			const answer = await fetch(`${n8n.url}/webhook/${path}`, request).then(
				async (response) => ({ status: response.status, text: await response.text() }),
				() => undefined,
			);
			if (!answer) return { lost: true as const };
			// Right after a start the workflows are not active yet.
			if (answer.status === 404) return undefined;
			if (answer.status > 500) throw new GiveUp(`n8n answered ${answer.status}: ${answer.text}`);
			return { ok: answer.status < 300, text: answer.text };
		},
		{ timeoutMs: 60_000, what: `the webhook ${path}`, details: () => n8n.logs().slice(-3_000) },
	).then((answer) => ('lost' in answer ? undefined : answer));
}
