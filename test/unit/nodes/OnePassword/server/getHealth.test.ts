import { describe, expect, it } from '@jest/globals';

import { nodeScene } from '../nodeScene';

const { emulator, run, runForOne } = nodeScene([]);

const getHealth = (rest: object = {}): Record<string, unknown> => ({ resource: 'server', operation: 'getHealth', ...rest });

describe('Server: Get Health', () => {
	it('reports the server, its dependencies and the access token', async () => {
		const output = await runForOne(getHealth());
		expect(output).toMatchObject({ healthy: true, reachable: true, token: { accepted: true, vaults: 1 }, problems: [] });
		expect(JSON.stringify(output)).not.toContain(emulator().token);
	});

	it('reports dependencies that are not active', async () => {
		emulator().admin.outage(true);
		expect(await runForOne(getHealth())).toMatchObject({
			healthy: false,
			reachable: true,
			problems: [{ code: 'UNAVAILABLE' }, { code: 'UNAVAILABLE' }],
		});
	});

	it('reports a token that is about to expire', async () => {
		const accessToken = emulator().issueToken({ expiresInDays: 10 });
		const reportOf = async (expiryWarningDays: number): Promise<unknown> =>
			(await run(getHealth({ expiryWarningDays }), {}, { accessToken })).map(({ json }) => json.healthy);
		expect([await reportOf(30), await reportOf(5)]).toEqual([[false], [true]]);
	});

	it('fails where it is told to fail on a problem', async () => {
		const accessToken = emulator().issueToken({ expiresInDays: 10 });
		const attempt = run(getHealth({ expiryWarningDays: 30, failOnProblem: true }), {}, { accessToken });
		await expect(attempt).rejects.toMatchObject({ context: { data: { code: 'AUTH_FAILED' } } });
	});
});
