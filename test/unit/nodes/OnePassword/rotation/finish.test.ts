import { describe, expect, it } from '@jest/globals';

import { CONCEALED_VALUE } from '../../../../../nodes/shared/core/disclosure/concealment';
import { AS_TOOL } from '../nodeScene';
import { BEGIN, rotationScene, step } from './rotationScene';

const { emulator, run, runForOne, expectRefusal, expectNeedsWriting, storedValue, idOf } = rotationScene();

describe('Rotation: Finish', () => {
	it('makes the staged value live and keeps the one before it', async () => {
		await run(BEGIN);
		expect(await runForOne(step('finish'))).toMatchObject({
			state: 'finished',
			changed: true,
			secrets: { live: CONCEALED_VALUE, previous: CONCEALED_VALUE },
		});
		expect(storedValue('Key', 'key')).toBe('new');
	});

	it('reveals both values where they are asked for', async () => {
		await run(BEGIN);
		expect(await runForOne(step('finish', { reveal: 'all' }))).toMatchObject({ secrets: { live: 'new', previous: 'old' } });
	});

	it('drops the previous value where it is told so', async () => {
		await run(BEGIN);
		expect(await runForOne(step('finish', { previousValue: 'drop', reveal: 'all' }))).toMatchObject({ state: 'ended', secrets: { live: 'new' } });
		expect(JSON.stringify(emulator().admin.item('Production', idOf('Key')))).not.toContain('"old"');
	});

	it('writes nothing where there is nothing to finish, or somebody has edited the item', async () => {
		await expectRefusal('INVALID_INPUT', step('finish'));
		await run(BEGIN);
		emulator().admin.editItem('Production', idOf('Key'), (item) => void (item.title = 'Key'));
		await expectRefusal('VERSION_CONFLICT', step('finish'));
	});

	it('sends nothing with a credential that only reads', async () => {
		await expectNeedsWriting(step('finish'));
	});

	it('writes nothing for an AI agent that asks for the values, or with a grace period for a dropped value', async () => {
		await expectRefusal('REVEAL_REFUSED', step('finish', { reveal: 'all' }), AS_TOOL);
		await expectRefusal('INVALID_INPUT', step('finish', { previousValue: 'drop', options: { graceHours: 5 } }));
	});
});
