import type { ConnectEmulator } from '../emulators/connect';
import { leaksIn } from '../support/canaries';
import { runNode, type Credential, type NodeRunResult } from './support/engine';
import { useOwnServer } from './support/ownServer';

let emulator: ConnectEmulator;
let credential: Credential;

useOwnServer({ vaults: [{ name: 'Production' }, { name: 'Staging' }] }, (server) => ({ emulator, credential } = server));

const check = async (parameters: object = {}, accessToken = emulator.token): Promise<NodeRunResult> =>
	await runNode({
		credential: { ...credential, accessToken },
		parameters: { resource: 'server', operation: 'getHealth', ...parameters },
	});

const reportOf = ({ outputs }: NodeRunResult): unknown => outputs[0]?.[0]?.json;

it('reports a healthy server', async () => {
	expect(reportOf(await check())).toMatchObject({
		healthy: true,
		reachable: true,
		version: expect.any(String) as string,
		latencyMs: expect.any(Number) as number,
		dependencies: expect.arrayContaining([{ service: 'sync', status: 'ACTIVE' }]) as unknown[],
		token: { accepted: true, vaults: 2, expiresAt: null, daysLeft: null },
		problems: [],
	});
	expect(emulator.requests.map(({ path }) => path)).toEqual(['/health', '/heartbeat', '/v1/vaults']);
});

it('reports a server that has lost 1Password.com', async () => {
	emulator.admin.outage(true);
	const { problems } = reportOf(await check()) as { problems: Array<{ message: string }> };
	expect(problems.map(({ message }) => message)).toContain('The dependency "sync" of the Connect server is UNAVAILABLE, not ACTIVE.');
});

it('reports a server that is down, instead of failing', async () => {
	await emulator.close();
	const result = await check();
	expect(result.status).toBe('success');
	expect(reportOf(result)).toMatchObject({ healthy: false, reachable: false, problems: [{ code: 'NETWORK' }] });
}, 20_000);

it('warns before a token expires, without showing it', async () => {
	const token = emulator.issueToken({ expiresInDays: 10 });
	const results = await Promise.all([check({}, token), check({ expiryWarningDays: 5 }, token)]);
	expect(results.map(reportOf)).toMatchObject([
		{ healthy: false, token: { accepted: true, daysLeft: 9 }, problems: [{ code: 'AUTH_FAILED' }] },
		{ healthy: true, token: { daysLeft: 9 } },
	]);
	expect(leaksIn(results.map(({ saved }) => saved).join(), [token])).toEqual([]);
});

it.each([
	['is about to expire', { expiresInDays: 3 }, /expires on .*, in 2 days/],
	['is refused', { expired: true }, /refused the access token/],
])('fails for a token that %s with Fail on Problem', async (_what, grant, says) => {
	const { status, error } = await check({ failOnProblem: true }, emulator.issueToken(grant));
	expect([status, error?.message]).toEqual(['error', expect.stringMatching(says)]);
	expect(error?.message).toMatch(/\[ONEPASSWORD_AUTH_FAILED\]$/);
});
