/** Every recorded response of a real server, through everything that the nodes do with it. */

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { toAuditRow } from '../../../nodes/shared/core/audit/rows/activityRow';
import { explainKnownText } from '../../../nodes/shared/connect/client/knownText';
import { readReference } from '../../../nodes/shared/connect/secrets/readReference';
import { concealItem, showsSecret } from '../../../nodes/shared/core/disclosure/concealment';
import { sectionOf } from '../../../nodes/shared/core/fields/fieldName';
import { isApplied, planUpdate, type ItemUpdate } from '../../../nodes/shared/core/item/itemUpdate';
import { summariseItem } from '../../../nodes/shared/core/item/itemView';
import { OnePasswordError } from '../../../nodes/shared/core/errors/onePasswordError';
import { formatSecretReference, parseSecretReference } from '../../../nodes/shared/core/references/secretReference';
import type { Field } from '../../../nodes/shared/core/wire';
import { makeItemShape } from '../../../nodes/shared/n8n/operations/itemShape';
import { NodeParameters } from '../../../nodes/shared/n8n/parameters/nodeParameters';
import { applyPatch } from '../../support/applyPatch';
import type { ConnectEmulator } from '../../emulators/connect';
import { NO_LAG, startConnectEmulator } from '../../emulators/connect';
import { openTestRun } from '../../support/openTestRun';
import type { RecordedItem, Recordings } from './recordings';
import { recordings, secretsOf } from './recordings';

const recorded = recordings();

if (recorded) {
	replay(recorded);
} else {
	process.stderr.write('\nNOT REPLAYED: recorded answers of real servers. CONNECT_RECORDED does not say where they lie.\n');
	it.skip('replays recorded responses of real servers (CONNECT_RECORDED is not set)', () => undefined);
}

function replay({ items, activity, vaults, errors, files, health, strange }: Recordings): void {
	let emulator: ConnectEmulator;
	beforeAll(async () => {
		emulator = await startConnectEmulator({ behaviour: NO_LAG });
	});
	afterAll(async () => await emulator.close());

	/** A run against a server that answers with this. */
	const answering = (body: unknown, rest: { status?: number } = {}) => {
		emulator.faults.clear();
		emulator.faults.script({ kind: 'status', status: 200, ...rest, body, times: Infinity });
		return openTestRun({ serverUrl: emulator.url, token: emulator.token });
	};

	it('handles every recorded file', () => {
		expect(strange).toEqual([]);
		expect([items, activity, vaults].map(({ size }) => size > 0)).toEqual([true, true, true]);
	});

	describe.each([...items])('the item of %s', (_name, item) => {
		it('is read by the client as sent, except for the preview, which may contain a secret', async () => {
			const run = answering(item);
			const { additionalInformation: _preview, ...rest } = item;
			expect(await run.client.item(item.vault.id, item.id)).toEqual(rest);
		});

		it.each([true, false])('shows no secret unless revealed, and all when revealed (simplify: %s)', (simplify) => {
			const secrets = secretsOf(item).map((value) => JSON.stringify(value));
			const hidden = JSON.stringify(shapeWith(simplify, 'none')(item));
			expect(secrets.filter((value) => hidden.includes(value))).toEqual([]);
			const shown = JSON.stringify(shapeWith(simplify, 'all')(item));
			for (const { value } of item.fields ?? []) if (value) expect(shown).toContain(JSON.stringify(value));
			expect(showsSecret(concealItem(item, 'none'))).toBe(false);
		});

		it('loses no field when it is simplified', () => {
			const { fields } = shapeWith(true, 'all')(item) as { fields: Record<string, string> };
			const values = (item.fields ?? []).map(({ value = '' }) => value);
			expect(Object.values(fields).sort()).toEqual(values.sort());
		});

		it('leaks no secret in list rows', () => {
			const { fields: _fields, ...row } = item;
			const texts = [summariseItem(row), concealItem(row, 'none')].map((shown) => JSON.stringify(shown));
			for (const secret of secretsOf(item)) for (const text of texts) expect(text).not.toContain(JSON.stringify(secret));
		});

		it.each((item.fields ?? []).map((field) => [field.id, field] as const))('changes only field %s, and only once', (_id, field) => {
			const update = { fields: [{ field: field.id, action: 'set' as const, value: newValue(field) }] };
			const plan = planOf(item, update);
			if (plan === 'refused') return expect(['CREDIT_CARD_NUMBER', 'CREDIT_CARD_TYPE', 'SSHKEY']).toContain(field.type);
			const after = applyPatch(item, plan.operations);
			expect(isApplied(after, plan, item)).toBe(true);
			expect(planUpdate(after, update).operations).toEqual([]);
			const others = ({ fields = [] }: RecordedItem) => fields.filter(({ id }) => id !== field.id);
			expect(others(after)).toEqual(others(item));
		});

		it.each((item.fields ?? []).map((field) => [field.id, field] as const))(
			'resolves references to field %s by ID and by label',
			async (_id, field) => {
				const run = answering(item);
				const section = sectionOf(item, field);
				const names = [field.id, ...(field.label ? [field.label] : [])];
				for (const name of names) {
					const text = formatSecretReference({
						vault: item.vault.id,
						item: item.id,
						...(section?.id && { section: section.id }),
						field: name,
					});
					const reference = parseSecretReference(text);
					const open = await readReference(run, item, reference, {});
					expect(open).toMatchObject({ value: field.value ?? '' });
					const hidden = JSON.stringify(await readReference(run, item, reference, { reveal: false }));
					for (const secret of secretsOf(item)) expect(hidden).not.toContain(JSON.stringify(secret));
				}
			},
		);
	});

	describe.each([...activity])('the activity log of %s', (_name, rows) => {
		it('becomes one audit row per entry', async () => {
			const page = await answering(rows).client.activity({ limit: 50 });
			const made = page.rows.map((row) => toAuditRow(row));
			expect(new Set(made.map(({ eventId }) => eventId)).size).toBe(rows.length);
			for (const [index, row] of made.entries()) {
				const { resource, actor } = rows[index] ?? {};
				expect(row).toMatchObject({ kind: 'access', action: 'READ', ip: null, tokenId: actor?.jti, userAgent: actor?.userAgent });
				expect([row.vaultId, row.itemId]).toEqual([resource?.vault?.id ?? null, null]);
			}
		});

		it('keeps denied requests with any vault ID that was sent', () => {
			const denied = rows.map((row) => toAuditRow(row)).filter(({ result }) => result === 'DENY');
			expect(denied.map(({ vaultId }) => vaultId)).toEqual(['123abc', 'abc123']);
		});
	});

	describe.each([...vaults])('the vaults of %s', (_name, rows) => {
		it('are read by the client as they were sent', async () => {
			expect(await answering(rows).client.vaults()).toEqual(rows);
		});
	});

	describe('refusals', () => {
		it.each(errors.map((error) => [error.when, error] as const))(
			'are explained without repeating their text: %s',
			async (_when, { status, message }) => {
				const attempt = answering({ status, message }, { status }).client.createItem({ vault: { id: 'v'.repeat(26) }, category: 'LOGIN' });
				const error: unknown = await attempt.catch((reason: unknown) => reason);
				if (!(error instanceof OnePasswordError)) throw new Error('It was no refusal');
				expect(error.message).not.toContain(message);
				expect(error.details.status).toBe(status);
				if (status === 401) expect(error.code).toBe('FORBIDDEN');
				if (status === 400) expect(explainKnownText(message)).toEqual(expect.any(String));
			},
		);
	});

	describe('files of old releases', () => {
		it.each(files.map((file) => [Object.keys(file).join(), file] as const))('are listed as they were sent: %s', async (_members, file) => {
			expect(await answering([file]).client.files('v'.repeat(26), 'i'.repeat(26))).toEqual([file]);
		});
	});

	it.each(health)('health is read: %j', async (recordedHealth) => {
		expect(await answering(recordedHealth).client.health()).toEqual(recordedHealth);
	});
}

function shapeWith(simplify: boolean, reveal: 'all' | 'none'): ReturnType<typeof makeItemShape> {
	return makeItemShape(new NodeParameters({ getNodeParameter: (name: string) => (name === 'simplify' ? simplify : null) } as never, 0), reveal);
}

function newValue({ type }: Field): string {
	if (type === 'DATE') return '1767268860';
	return type === 'MONTH_YEAR' ? '203012' : 'a new value';
}

function planOf(item: RecordedItem, update: ItemUpdate): ReturnType<typeof planUpdate> | 'refused' {
	try {
		return planUpdate(item, update);
	} catch (error) {
		if (error instanceof OnePasswordError) return 'refused';
		throw error;
	}
}
