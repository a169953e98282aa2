import { describe, expect, it } from '@jest/globals';

import { CONCEALED_VALUE } from '../../../../../nodes/shared/core/disclosure/concealment';
import { AS_TOOL } from '../nodeScene';
import { BEGIN, rotationScene, step } from './rotationScene';

const { emulator, runForOne, expectRefusal, writes, storedValue, idOf, expectNeedsWriting } = rotationScene();

describe('Rotation: Begin', () => {
	it('stages a value beside the live one, and conceals it', async () => {
		expect(await runForOne(BEGIN)).toMatchObject({ state: 'pending', rotationId: 'r1', changed: true, secrets: { pending: CONCEALED_VALUE } });
		expect(storedValue('Key', 'key')).toBe('old');
		expect(emulator().admin.item('Production', idOf('Key')).fields).toContainEqual(expect.objectContaining({ value: 'new' }));
	});

	it('does nothing the second time, and refuses another value', async () => {
		await runForOne(BEGIN);
		expect(await runForOne({ ...BEGIN, reveal: 'all' })).toMatchObject({ changed: false, secrets: { pending: 'new' } });
		await expectRefusal('VERSION_CONFLICT', { ...BEGIN, value: 'newer' });
		expect(writes()).toHaveLength(1);
	});

	it('generates a value, and says how strong it is', async () => {
		const { secrets, entropyBits } = await runForOne(step('begin', { field: 'key', valueSource: 'characters', length: 40, reveal: 'all' }));
		expect((secrets as { pending: string }).pending).toHaveLength(40);
		expect(entropyBits).toBeGreaterThan(128);
	});

	it('takes the ID of the execution where none is given', async () => {
		expect(await runForOne({ ...BEGIN, rotationId: '' })).toMatchObject({ rotationId: '42' });
	});

	it('writes nothing for an AI agent that asks for the value, with a credential that only reads, or without a value', async () => {
		await expectRefusal('REVEAL_REFUSED', { ...BEGIN, reveal: 'all' }, AS_TOOL);
		await expectNeedsWriting(BEGIN);
		await expectRefusal('INVALID_INPUT', { ...BEGIN, value: '' });
	});
});
