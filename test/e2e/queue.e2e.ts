import { Cluster } from './support/queue/cluster';
import { describeSmoke } from './queue/smoke';

let cluster: Cluster;

beforeAll(async () => {
	const from = Date.now();
	cluster = await Cluster.start();
	process.stdout.write(`The cluster is up after ${Math.round((Date.now() - from) / 1_000)} s\n`);
}, 300_000);

afterAll(async () => {
	await cluster?.close();
});

describe('an n8n of several processes', () => describeSmoke(() => cluster));
