import { describe, expect, it } from '@jest/globals';

import { updateItem } from '../../../../nodes/shared/connect/writes/guardedUpdate';
import { beginRotation, finishRotation, rollBackRotation } from '../../../../nodes/shared/connect/rotation/rotationSteps';
import { resolveReference } from '../../../../nodes/shared/connect/secrets/resolveReferences';
import { concealItem } from '../../../../nodes/shared/core/disclosure/concealment';
import type { FieldChange } from '../../../../nodes/shared/core/item/change';
import type { BehaviourOptions, SeedField, SeedItem } from '../../../emulators/connect';
import { CANARY, expectRefusal } from '../../../support/refusal';
import { bodiesOf, openScene, type Scene } from '../../../support/connectScene';

const PROD = `${CANARY} prod`;
const TEST = `${CANARY} test`;
const OWN = `${CANARY} own`;

const twin = (section: string, value: string): SeedField & { id: string } => ({
	id: 'password',
	type: 'CONCEALED',
	label: 'password',
	section: { id: section },
	value,
});
const otp = (section: string, secret: string): SeedField => ({
	id: 'TOTP_x',
	type: 'OTP',
	label: 'one-time password',
	section: { id: section },
	value: `otpauth://totp/x?secret=${secret}`,
});

const TWINS: SeedItem = {
	title: 'Twins',
	category: 'SERVER',
	sections: [
		{ id: 'p', label: 'Prod' },
		{ id: 't', label: 'Test' },
	],
	fields: [
		twin('p', PROD),
		twin('t', TEST),
		otp('p', 'GEZDGNBVGY3TQOJQ'),
		otp('t', 'JBSWY3DPEHPK3PXP'),
		{ id: 'free', type: 'STRING', label: 'free', section: { id: 't' }, value: 'old' },
	],
};

const formOf = (section: string, id = 'password'): SeedItem => ({
	title: 'Login',
	category: 'LOGIN',
	sections: [{ id: 'named', label: 'Saved on example.com' }, { id: 'nameless' }],
	// The saved form comes first, so that the first match is the wrong one.
	fields: [
		{ ...twin(section, 'form'), id },
		{ purpose: 'USERNAME', value: 'ada' },
		{ purpose: 'PASSWORD', value: OWN },
	],
});

const SERVERS: ReadonlyArray<readonly [string, BehaviourOptions]> = [
	['changes the first field of an id', { repeatedFieldId: 'firstMatch' }],
	['refuses an id that is not unique', { repeatedFieldId: 'refuse' }],
];

const valuesOf = ({ emulator, vaultId, itemId }: Scene): unknown => emulator.admin.item(vaultId, itemId).fields?.map(({ value }) => value);

describe.each(SERVERS)('on a server that %s', (_what, behaviour) => {
	it.each<[string, FieldChange]>([
		['set', { field: 'Test.password', action: 'set', value: 'new' }],
		['set, by section', { field: 'password', section: 'Test', action: 'set', value: 'new' }],
		['set, by the id of the section', { field: 't.password', action: 'set', value: 'new' }],
		['generated', { field: 'Test.password', action: 'generate' }],
		['cleared', { field: 'Test.password', action: 'clear' }],
		['removed', { field: 'Test.password', action: 'remove' }],
	])('a field whose ID is not unique is not %s: nothing is sent', async (_action, change) => {
		const scene = await openScene({ items: [TWINS], behaviour });
		const before = valuesOf(scene);
		for (const options of [{}, { dryRun: true }]) {
			await expectRefusal(
				updateItem(scene.run, scene.vaultId, scene.itemId, { title: 'New', fields: [change], addMissingFields: true }, options),
				{
					code: 'AMBIGUOUS',
					candidates: [
						{ id: 'password', section: 'Prod' },
						{ id: 'password', section: 'Test' },
					],
				},
				[PROD, TEST],
			);
		}
		expect([scene.writes(), valuesOf(scene)]).toEqual([[], before]);
	});

	it('another field of the item is written as usual', async () => {
		const scene = await openScene({ items: [TWINS], behaviour });
		const result = await updateItem(scene.run, scene.vaultId, scene.itemId, { fields: [{ field: 'free', action: 'set', value: 'new' }] });
		expect(result).toMatchObject({ changed: true, confirmed: true });
		expect(bodiesOf(scene.writes())).toEqual([[{ op: 'replace', path: '/fields/free/value', value: 'new' }]]);
	});

	it('a rotation does not begin on such a field', async () => {
		const scene = await openScene({ items: [formOf('named')], behaviour });
		const command = { rotationId: 'r', field: 'password', value: 'new', isGiven: true, tag: '', now: scene.clock.now() };
		await expectRefusal(beginRotation(scene.run, scene, command), { code: 'AMBIGUOUS' }, [OWN]);
		expect(scene.writes()).toEqual([]);
	});

	it("a rotation can't be finished once another field has its ID, only rolled back", async () => {
		const scene = await openScene({ items: [{ ...formOf('named'), fields: [{ purpose: 'PASSWORD', value: OWN }] }], behaviour });
		const command = { rotationId: 'r', field: 'password', value: 'new', isGiven: true, tag: '', now: scene.clock.now() };
		await beginRotation(scene.run, scene, command);
		scene.emulator.admin.editItem(scene.vaultId, scene.itemId, (item) => {
			item.sections = [{ id: 'named', label: 'Form' }, ...(item.sections ?? [])];
			item.fields = [twin('named', 'form'), ...(item.fields ?? [])];
		});
		scene.clock.advance(1_000);
		const step = {
			rotationId: 'r',
			now: scene.clock.now(),
			expectedVersion: scene.emulator.admin.item(scene.vaultId, scene.itemId).version,
		};
		const writes = scene.writes().length;
		await expectRefusal(finishRotation(scene.run, scene, { ...step, previousValue: 'keep' }), { code: 'AMBIGUOUS' }, [OWN]);
		expect(scene.writes()).toHaveLength(writes);
		await expect(rollBackRotation(scene.run, scene, step)).resolves.toMatchObject({ changed: true });
		expect(
			scene.emulator.admin
				.item(scene.vaultId, scene.itemId)
				.fields?.filter(({ id }) => id === 'password')
				.map(({ value }) => value),
		).toEqual([OWN, 'form']);
	});
});

describe('a secret reference', () => {
	it.each([
		['Prod', PROD],
		['Test', TEST],
		['p', PROD],
		['t', TEST],
	])('reads the field of section %s', async (section, value) => {
		const scene = await openScene({ items: [TWINS] });
		await expect(resolveReference(scene.run, `op://Production/Twins/${section}/password`)).resolves.toMatchObject({ value });
	});

	it('reads the one-time password of its section, even when the code is read again', async () => {
		const scene = await openScene({ items: [TWINS] });
		const read = async (section: string, minimumValiditySeconds = 0): Promise<string | undefined> =>
			(await resolveReference(scene.open(), `op://Production/Twins/${section}/one-time password?attribute=otp`, { minimumValiditySeconds })).value;
		const codes = (): unknown =>
			scene.emulator.admin
				.item(scene.vaultId, scene.itemId)
				.fields?.filter(({ type }) => type === 'OTP')
				.map(({ totp }) => totp);
		expect([await read('Prod'), await read('Test')]).toEqual(codes());
		scene.clock.advance(20_000);
		expect([await read('Prod', 20), await read('Test', 20)]).toEqual(codes());
	});

	it('without a section is refused', async () => {
		const scene = await openScene({ items: [TWINS] });
		await expectRefusal(resolveReference(scene.run, 'op://Production/Twins/password'), { code: 'AMBIGUOUS' }, [PROD, TEST]);
	});
});

describe.each(['named', 'nameless'])('the password of a login with a saved form field in a section that is %s', (section) => {
	it('is the target of a reference and a selector', async () => {
		const scene = await openScene({ items: [formOf(section)] });
		await expect(resolveReference(scene.run, 'op://Production/Login/password')).resolves.toMatchObject({ value: OWN });
		const item = await scene.run.client.item(scene.vaultId, scene.itemId);
		const shown = concealItem(item, { fields: ['password'] }).fields?.filter(({ id }) => id === 'password');
		expect(shown?.map(({ value }) => value)).toEqual([OWN, '<concealed by 1Password>']);
	});

	it('is not updated while the form field has its ID', async () => {
		const scene = await openScene({ items: [formOf(section)] });
		const fields: FieldChange[] = [{ field: 'password', action: 'set', value: 'new' }];
		await expectRefusal(updateItem(scene.run, scene.vaultId, scene.itemId, { fields }), { code: 'AMBIGUOUS' }, [OWN]);
		expect(scene.writes()).toEqual([]);
	});

	it('is updated if the form field only has its name', async () => {
		const scene = await openScene({ items: [formOf(section, 'other')] });
		for (const field of ['password', 'PASSWORD']) {
			await updateItem(scene.run, scene.vaultId, scene.itemId, { fields: [{ field, action: 'set', value: `new ${field}` }] });
		}
		expect(bodiesOf(scene.writes())).toMatchObject([[{ path: '/fields/password/value' }], [{ path: '/fields/password/value' }]]);
	});
});
