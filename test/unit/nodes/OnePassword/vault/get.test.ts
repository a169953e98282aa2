import { describe, expect, it } from '@jest/globals';

import { byId, byName } from '../../../../support/parameters';
import { nodeScene } from '../nodeScene';

const { emulator, runForOne, expectRefusal } = nodeScene([{ title: 'Key' }]);

const get = (vault: object): Record<string, unknown> => ({ resource: 'vault', operation: 'get', vault });

describe('Vault: Get', () => {
	it('describes the vault, found by its name or its ID', async () => {
		const { id } = emulator().admin.vault('Production');
		expect(await runForOne(get(byName('production')))).toMatchObject({ id, name: 'Production', items: 1 });
		expect(await runForOne(get(byId(id)))).toMatchObject({ id, name: 'Production' });
	});

	it('fails for a vault that does not exist', async () => {
		await expectRefusal('VAULT_NOT_FOUND', get(byName('Gone')));
	});
});
