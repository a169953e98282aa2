import { describe, expect, it } from '@jest/globals';

import { byName } from '../../../../support/parameters';
import { BEGIN, rotationScene, step } from './rotationScene';

const { run, runForOne, expectRefusal } = rotationScene();

const ofVault = (rest: object = {}): Record<string, unknown> => ({
	resource: 'rotation',
	operation: 'status',
	scope: 'vault',
	vault: byName('Production'),
	...rest,
});

describe('Rotation: Get Status', () => {
	it('describes an item without any value', async () => {
		expect(await runForOne(step('status'))).toMatchObject({ title: 'Key', state: 'none', due: false });
		await run(BEGIN);
		const output = await runForOne(step('status'));
		expect(output).toMatchObject({ state: 'pending', rotationId: 'r1', due: false });
		expect(JSON.stringify(output)).not.toMatch(/"(old|new)"/);
	});

	it('counts an item as due after as many days as it is told', async () => {
		expect(await runForOne(step('status', { options: { dueAfterDays: 0 } }))).toMatchObject({ due: true });
	});

	it('lists the items of a vault that need action, or all of them', async () => {
		const titles = async (rest: object): Promise<unknown[]> => (await run(ofVault(rest))).map(({ json }) => json.title).sort();
		expect(await titles({})).toEqual(['Old']);
		expect(await titles({ onlyIfActionIsNeeded: false })).toEqual(['Key', 'Old']);
		expect(await titles({ onlyIfActionIsNeeded: false, filters: { tag: 'web' } })).toEqual(['Old']);
	});

	it('refuses an empty filter', async () => {
		await expectRefusal('INVALID_INPUT', ofVault({ filters: { tag: '' } }));
	});
});
