import { describe, expect, it } from '@jest/globals';

import { BEGIN, rotationScene, step } from './rotationScene';

const { run, runForOne, expectRefusal, storedValue, expectNeedsWriting } = rotationScene();

describe('Rotation: Roll Back', () => {
	it('drops a staged value', async () => {
		await run(BEGIN);
		expect(await runForOne(step('rollback', { reveal: 'all' }))).toMatchObject({ state: 'rolled back', changed: true, secrets: { live: 'old' } });
		expect(storedValue('Key', 'key')).toBe('old');
	});

	it('refuses once the rotation has finished, unless it is told otherwise', async () => {
		await run(BEGIN);
		await run(step('finish'));
		const rollback = (onlyIfPending: boolean): Record<string, unknown> => step('rollback', { reveal: 'all', options: { onlyIfPending } });
		await expectRefusal('VERSION_CONFLICT', rollback(true));
		expect(storedValue('Key', 'key')).toBe('new');
		expect(await runForOne(rollback(false))).toMatchObject({ secrets: { live: 'old', withdrawn: 'new' } });
		expect(storedValue('Key', 'key')).toBe('old');
	});

	it('writes nothing with a credential that only reads', async () => {
		await expectNeedsWriting(step('rollback'));
	});
});
