import { describe, expect, it } from '@jest/globals';

import { resolveReference, resolveReferences } from '../../../../nodes/shared/connect/secrets/resolveReferences';
import { expectRefusal } from '../../../support/refusal';
import { openScene, type Scene } from '../../../support/connectScene';

const SEED = 'otpauth://totp/Example:ada?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const CODE = 'op://Production/Login/one-time password?attribute=otp';
const SLOW = 'op://Production/Login/slow?attribute=otp';

async function open(): Promise<Scene> {
	return await openScene({
		items: [
			{
				title: 'Login',
				fields: [
					{ id: 'TOTP_1', label: 'one-time password', type: 'OTP', value: SEED },
					{ id: 'TOTP_2', label: 'slow', type: 'OTP', value: `${SEED}&period=60&digits=8` },
					{ id: 'TOTP_3', label: 'broken', type: 'OTP', value: '!!!' },
				],
			},
		],
	});
}

/** The code that the field shows at this moment. */
function codeNow({ emulator, vaultId, itemId }: Scene, id = 'TOTP_1'): string | undefined {
	return emulator.admin.item(vaultId, itemId).fields?.find((field) => field.id === id)?.totp;
}

const itemReads = ({ emulator }: Scene): number => emulator.requests.filter(({ route }) => route?.endsWith('{itemUuid}')).length;

describe('a one-time password', () => {
	it('is returned with its remaining seconds', async () => {
		const scene = await open();
		scene.clock.advance(12_300);
		expect(await resolveReference(scene.run, CODE)).toMatchObject({ value: codeNow(scene), secondsLeft: 17, concealed: true, type: 'otp' });
		expect(await resolveReference(scene.run, SLOW)).toMatchObject({ value: codeNow(scene, 'TOTP_2'), secondsLeft: 47 });
		expect([scene.sleeps, itemReads(scene)]).toEqual([[], 1]);
	});

	it('is waited for if the current one expires too soon', async () => {
		const scene = await open();
		scene.clock.advance(25_000);
		const before = codeNow(scene);
		const { value, secondsLeft } = await resolveReference(scene.run, CODE, { minimumValiditySeconds: 10 });
		expect([value, secondsLeft]).toEqual([codeNow(scene), 29]);
		expect(value).not.toBe(before);
		expect([scene.sleeps, itemReads(scene)]).toEqual([[6_000], 2]);
	});

	it.each([
		[20_000, 10, []],
		[20_001, 10, [10_999]],
		[0, 25, []],
		[29_999, 0, []],
	])('after %d ms of its period, to be valid for %d seconds, is waited for %j', async (elapsed, minimumValiditySeconds, sleeps) => {
		const scene = await open();
		scene.clock.advance(elapsed);
		expect(await resolveReference(scene.run, CODE, { minimumValiditySeconds })).toMatchObject({ value: codeNow(scene) });
		expect(scene.sleeps).toEqual(sleeps);
	});

	it('is read again if the item was read in an earlier period', async () => {
		const scene = await open();
		const first = await resolveReference(scene.run, CODE);
		scene.clock.advance(31_000);
		const second = await resolveReference(scene.run, CODE);
		expect([second.value, second.secondsLeft]).toEqual([codeNow(scene), 29]);
		expect(second.value).not.toBe(first.value);
		expect([scene.sleeps, itemReads(scene)]).toEqual([[], 2]);
	});

	it('is read again once for all callers', async () => {
		const scene = await open();
		scene.clock.advance(25_000);
		const run = scene.open({ expectMany: true });
		// Each of them sleeps; with the one clock that all move, they would sleep after each other.
		const effects = {
			...run.effects,
			sleep: async (ms: number) => void (ms > 1_000 && scene.clock.now() % 30_000 > 20_000 && scene.clock.advance(ms)),
		};
		const codes = await Promise.all(
			Array.from({ length: 20 }, async () => await resolveReferences({ ...run, effects }, [CODE, SLOW], { minimumValiditySeconds: 10 })),
		);
		const values = codes.flat().map((outcome) => (outcome.ok ? outcome.value.value : outcome.error));
		expect(new Set(values)).toEqual(new Set([codeNow(scene), codeNow(scene, 'TOTP_2')]));
		expect(itemReads(scene)).toBe(2);
	});

	it('is not waited for longer than one period', async () => {
		const scene = await open();
		await expectRefusal(resolveReference(scene.run, CODE, { minimumValiditySeconds: 26 }), { code: 'INVALID_INPUT' }, [SEED]);
		expect(await resolveReference(scene.run, SLOW, { minimumValiditySeconds: 55 })).toMatchObject({ secondsLeft: 60 });
		expect(scene.sleeps).toEqual([]);
	});

	it('is not waited for if it is not revealed', async () => {
		const scene = await open();
		scene.clock.advance(29_000);
		const resolved = await resolveReference(scene.run, CODE, { reveal: false, minimumValiditySeconds: 20 });
		expect([resolved.concealed, resolved.value, resolved.secondsLeft]).toEqual([true, undefined, undefined]);
		expect(scene.sleeps).toEqual([]);
	});

	it.each([true, false])('is refused if the server returns none (Reveal: %s)', async (reveal) => {
		const { run } = await open();
		const error = await expectRefusal(resolveReference(run, 'op://Production/Login/broken?attribute=otp', { reveal }), {
			code: 'INVALID_INPUT',
		});
		expect(error.message).toContain('returned no one-time password');
	});
});
