import { describe, expect, it } from '@jest/globals';

import type { OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';
import { NodeParameters } from '../../../../nodes/shared/n8n/parameters/nodeParameters';
import { fileLocator } from '../../../../nodes/shared/n8n/properties/locators/fileLocator';
import { itemLocators } from '../../../../nodes/shared/n8n/properties/locators/itemLocator';
import { vaultLocator } from '../../../../nodes/shared/n8n/properties/locators/vaultLocator';
import { fakeNode } from '../fakeNode';

const ID = 'a'.repeat(26);
const INVALID = expect.objectContaining({ code: 'INVALID_INPUT' }) as unknown as OnePasswordError;

function parameters(vault: unknown, item?: unknown): NodeParameters {
	return new NodeParameters(fakeNode({ inputs: [{ vault, item }] }), 0);
}

const locator = (mode: string | undefined, value: unknown): object => ({ __rl: true, mode, value });

describe('a vault', () => {
	it.each([
		['list', ID, { by: 'id', text: ID }],
		['id', ` ${ID}\n`, { by: 'id', text: ID }],
		[undefined, ID, { by: 'id', text: ID }],
		['name', 'Production', { by: 'name', text: 'Production' }],
		['name', ' Production', { by: 'name', text: ' Production' }],
		['name', ID, { by: 'name', text: ID }],
		['name', 42, { by: 'name', text: '42' }],
		['reference', 'op://Production/Payments API/key', { by: 'either', text: 'Production' }],
		['reference', 'op://Production', { by: 'either', text: 'Production' }],
		['reference', '"op://Production"', { by: 'either', text: 'Production' }],
		['reference', "export V='op://Production/Payments API/key' # key", { by: 'either', text: 'Production' }],
	])('by %s %j', (mode, value, selector) => {
		expect(vaultLocator.read(parameters(locator(mode, value)))).toEqual(selector);
	});

	it.each([
		['list', ''],
		['id', undefined],
		['name', null],
		['name', {}],
		['reference', ''],
		['reference', 'Production'],
		['reference', 'op://'],
	])('is refused by %s %j', (mode, value) => {
		expect(() => vaultLocator.read(parameters(locator(mode, value)))).toThrow(INVALID);
	});
});

describe('an item', () => {
	it('is looked for in the vault beside it', () => {
		expect(itemLocators.read(parameters(locator('name', 'Production'), locator('name', 'Payments API')))).toEqual({
			vault: { by: 'name', text: 'Production' },
			item: { by: 'name', text: 'Payments API' },
		});
	});

	it('given by a reference brings its vault along', () => {
		for (const vault of [locator('name', 'Other'), locator('list', ''), undefined]) {
			expect(itemLocators.read(parameters(vault, locator('reference', 'op://Production/Payments API/key?attribute=otp')))).toEqual({
				vault: { by: 'either', text: 'Production' },
				item: { by: 'either', text: 'Payments API' },
			});
		}
	});

	it.each([`"op://Production/Payments API"`, `'op://Production/Payments API/key',`, 'export A="op://Production/Payments API/key"  # comment'])(
		'is taken from a copied reference: %s',
		(text) => {
			expect(itemLocators.read(parameters(undefined, locator('reference', text)))).toEqual({
				vault: { by: 'either', text: 'Production' },
				item: { by: 'either', text: 'Payments API' },
			});
		},
	);

	it.each([
		['without a vault', undefined, locator('id', ID)],
		['that is empty', locator('id', ID), locator('id', '')],
		['by a reference to a vault', locator('id', ID), locator('reference', 'op://Production')],
		['by what is no reference', locator('id', ID), locator('reference', 'Payments API')],
	])('is refused %s', (_what, vault, item) => {
		expect(() => itemLocators.read(parameters(vault, item))).toThrow(INVALID);
	});
});

describe('a file', () => {
	const fileOf = (mode: string, value: unknown): unknown =>
		fileLocator.read(new NodeParameters(fakeNode({ inputs: [{ file: locator(mode, value) }] }), 0));

	it.each([
		['list', ID, { by: 'id', text: ID }],
		['id', ` ${ID}\n`, { by: 'id', text: ID }],
		['name', ' key.pem', { by: 'name', text: ' key.pem' }],
	])('by %s %j', (mode, value, selector) => {
		expect(fileOf(mode, value)).toEqual(selector);
	});

	it.each([
		['name', ''],
		['list', undefined],
		['reference', 'op://Production/Payments API/key.pem'],
	])('is refused by %s %j', (mode, value) => {
		expect(() => fileOf(mode, value)).toThrow(INVALID);
	});
});
