import { describe, expect, it } from '@jest/globals';
import type { INodePropertyMode, INodePropertyModeValidation, INodePropertyOptions } from 'n8n-workflow';

import { CREATABLE_CATEGORIES, WRITABLE_FIELD_TYPES } from '../../nodes/shared/core/fieldTypes';
import { categoryOptions, categoryProperty } from '../../nodes/shared/n8n/properties/category';
import { changedFields, newFields } from '../../nodes/shared/n8n/properties/fieldRows';
import { locatorModes } from '../../nodes/shared/n8n/properties/locatorModes';
import { dryRunOption, optionsProperty, syncOption } from '../../nodes/shared/n8n/properties/options';
import { membersOf } from '../structure/descriptions';

function choices(property: { options?: unknown } | undefined): unknown[] {
	return ((property?.options ?? []) as INodePropertyOptions[]).map(({ value }) => value);
}

describe('the categories', () => {
	it('to create are those that Connect creates, by the names of the apps', () => {
		expect(choices(categoryProperty).sort()).toEqual([...CREATABLE_CATEGORIES].sort());
		const names = categoryOptions().map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining(['API Credential', 'SSH Key', 'Social Security Number', 'Login']));
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
	});

	it('to look for are all there are', () => {
		expect(categoryOptions()).toHaveLength(22);
	});
});

describe('the rows of fields', () => {
	const member = (property: typeof newFields, name: string): unknown[] => choices(membersOf(property).find((one) => one.name === name));

	it('offer for a new item what makes sense without one', () => {
		expect(member(newFields, 'mode').sort()).toEqual(['generate', 'set']);
		expect(member(changedFields, 'mode').sort()).toEqual(['clear', 'generate', 'remove', 'set']);
	});

	it('offer every type that Connect writes', () => {
		expect(member(changedFields, 'type').sort()).toEqual([...WRITABLE_FIELD_TYPES].sort());
	});

	it('hide the value while it is typed', () => {
		for (const property of [newFields, changedFields]) {
			expect(membersOf(property).find(({ name }) => name === 'value')?.typeOptions).toMatchObject({ password: true });
		}
	});
});

describe('a locator', () => {
	const modes = (referenceHint?: string): INodePropertyMode[] => (locatorModes({ search: 'searchX', example: 'X', referenceHint }).modes ?? []) as INodePropertyMode[];

	it('offers a list, an id and a name, and a reference where one makes sense', () => {
		expect(modes().map(({ name }) => name)).toEqual(['list', 'id', 'name']);
		expect(modes('Hint').map(({ name }) => name)).toEqual(['list', 'id', 'name', 'reference']);
		expect(modes()[0]?.typeOptions).toMatchObject({ searchListMethod: 'searchX', searchable: true });
	});

	it.each([
		['a'.repeat(26), true],
		[` ${'a'.repeat(26)} `, true],
		['A'.repeat(26), false],
		['Payments API', false],
	])('checks the id %j in the editor: %s', (text, good) => {
		const [rule] = (modes()[1]?.validation ?? []) as INodePropertyModeValidation[];
		const { regex } = rule?.properties as { regex: string };
		expect(new RegExp(regex).test(text)).toBe(good);
	});
});

it('the options are in alphabetical order, and always hold the time-out', () => {
	const names = membersOf(optionsProperty(syncOption, dryRunOption)).map(({ displayName }) => displayName);
	expect(names).toEqual(['Dry Run', 'Timeout', 'Wait for Sync']);
	expect(membersOf(optionsProperty()).map(({ name }) => name)).toEqual(['timeout']);
});
