import { respondingWorkflow } from '../../test/e2e/support/queue/respondingWorkflow';
import { callMany, percentile } from '../../test/e2e/support/queue/called';
import { Cluster } from '../../test/e2e/support/queue/cluster';
import type { WorkflowDocument } from '../../test/e2e/support/n8nRest';
import { GET_SECRET, SECRET, startReaderScene } from '../../test/e2e/support/queue/readerScene';
import type { Bench, BenchResult, ContestantName } from '../bench';
import { summarise } from '../contest';

const CALLS = 60;
const CONCURRENCY = 10;

const IDS: Readonly<Record<ContestantName, string>> = { ours: 'benchOurs0000001', peer: 'benchPeer0000001', floor: 'benchFloor000001' };

/**
 * A webhook answered with a secret by n8n in queue mode: main, two workers, a webhook processor, Redis and PostgreSQL on this
 * machine. The peer is an HTTP Request node with the token in a credential, which knows the ids; the floor a Set node.
 */
export const queueWebhook: Bench = {
	name: 'queue_webhook',
	unit: 'ms',
	run: async (rounds) => {
		const cluster = await Cluster.start();
		const emulator = await startReaderScene(cluster);
		try {
			const [item] = emulator.admin.items('Production');
			if (item === undefined) throw new Error('The emulator has no item');
			const bearer = { name: 'Authorization', value: `Bearer ${emulator.token}` };
			await cluster.importCredentials([{ id: 'benchHeaderAuth0', name: 'Connect token', type: 'httpHeaderAuth', data: bearer }]);
			for (const workflow of workflows(`${emulator.url}/v1/vaults/${item.vault.id}/items/${item.id}`)) {
				await cluster.rest.importWorkflow(workflow);
				await cluster.rest.activateWorkflow(String(workflow.id));
			}
			return await contest(cluster, () => emulator.requests.length, rounds);
		} finally {
			await cluster.close();
			await emulator.close();
		}
	},
};

async function contest(cluster: Cluster, countRequests: () => number, rounds: number): Promise<BenchResult> {
	const names = Object.keys(IDS) as ContestantName[];
	const times: Record<ContestantName, number[]> = { ours: [], peer: [], floor: [] };
	const requests: Record<ContestantName, number> = { ours: 0, peer: 0, floor: 0 };
	// Round 0 warms up and does not count.
	for (let number = 0; number <= rounds; number++) {
		for (const name of [...names.slice(number % 3), ...names.slice(0, number % 3)]) {
			const before = countRequests();
			const bodies = Array.from({ length: CALLS }, () => ({}));
			const calls = await callMany(cluster.url, IDS[name], bodies, CONCURRENCY);
			const wrong = calls.filter(({ status, text }) => status !== 200 || text !== SECRET).length;
			if (wrong > 0) throw new Error(`${name}: ${wrong} of ${CALLS} calls without the secret`);
			requests[name] = (countRequests() - before) / CALLS;
			const took = calls.map(({ tookMs }) => tookMs);
			if (number > 0) times[name].push(percentile(took, 0.5));
		}
	}
	return summarise(times, requests, rounds);
}

function workflows(itemUrl: string): WorkflowDocument[] {
	const request = { url: itemUrl, authentication: 'genericCredentialType', genericAuthType: 'httpHeaderAuth', options: {} };
	const set = { assignments: { assignments: [{ id: '1', name: 'key', value: SECRET, type: 'string' }] }, options: {} };
	const peer = respondingWorkflow(IDS.peer, request, "={{ $json.fields.find((field) => field.id === 'key').value }}");
	const floor = respondingWorkflow(IDS.floor, set, '={{ $json.key }}');
	Object.assign(peer.nodes[1] ?? {}, {
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		credentials: { httpHeaderAuth: { id: 'benchHeaderAuth0', name: 'Connect token' } },
	});
	Object.assign(floor.nodes[1] ?? {}, { type: 'n8n-nodes-base.set', typeVersion: 3.4, credentials: {} });
	return [respondingWorkflow(IDS.ours, GET_SECRET, '={{ $json.fields.key }}'), peer, floor];
}
