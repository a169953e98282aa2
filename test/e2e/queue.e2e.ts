import { describeAlerts } from './queue/alerts';
import { describeAudit } from './queue/audit';
import { print } from './queue/form';
import { describeMembership } from './queue/membership';
import { describeRotation } from './queue/rotation';
import { describeSecretHttp } from './queue/secretHttp';
import { describeSmoke } from './queue/smoke';
import { describeTrigger } from './queue/trigger';
import { describeWebhook } from './queue/webhook';
import { describeWrites } from './queue/writes';
import { Cluster } from './support/queue/cluster';

/** n8n in queue mode: one cluster for all scenarios, and a file of scenarios per part of the package. */

let cluster: Cluster;

beforeAll(async () => {
	const from = Date.now();
	cluster = await Cluster.start();
	print(`The cluster is up after ${Math.round((Date.now() - from) / 1_000)} s`);
}, 300_000);

afterAll(async () => {
	await cluster?.close();
});

describe('n8n with several processes', () => describeSmoke(() => cluster));
describe('webhooks in queue mode', () => describeWebhook(() => cluster));
describe('writes in queue mode', () => describeWrites(() => cluster));
describe('the credential for HTTP requests in queue mode', () => describeSecretHttp(() => cluster));
describe('the alert in queue mode', () => describeAlerts(() => cluster));
describe('rotations in queue mode', () => describeRotation(() => cluster));
describe('the audit workflow in queue mode', () => describeAudit(() => cluster));
describe('the trigger in queue mode', () => describeTrigger(() => cluster));
describe('the processes of the cluster', () => describeMembership(() => cluster));
