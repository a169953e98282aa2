import { describe, expect, it } from '@jest/globals';

import { nodeScene } from '../nodeScene';

const { emulator, run } = nodeScene([], [{ name: 'Staging' }]);

const getMany = (rest: object = {}): Record<string, unknown> => ({ resource: 'vault', operation: 'getMany', returnAll: true, ...rest });

describe('Vault: Get Many', () => {
	it('lists the vaults that the token sees', async () => {
		expect((await run(getMany())).map(({ json }) => json.name).sort()).toEqual(['Production', 'Staging']);
		const accessToken = emulator().issueToken({ vaults: { Staging: 'r' } });
		expect((await run(getMany(), {}, { accessToken })).map(({ json }) => json.name)).toEqual(['Staging']);
	});

	it('returns no more than the limit', async () => {
		expect(await run(getMany({ returnAll: false, limit: 1 }))).toHaveLength(1);
	});

	it('adds what the token says about itself where it is asked for, and never the token', async () => {
		const accessToken = emulator().issueToken({ vaults: { Staging: 'r' } });
		const output = await run(getMany({ options: { includeTokenInfo: true } }), {}, { accessToken });
		expect(output).toMatchObject([{ json: { rights: { read: true, write: false }, token: { tokenId: expect.any(String) } } }]);
		expect(JSON.stringify(output)).not.toContain(accessToken);
	});
});
