import { existsSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from '@jest/globals';
import type { INodePropertyMode } from 'n8n-workflow';

import { CREDENTIALS, NODES, VERSION, choicesOf, combinationsOf, decidersOf, shownFor, walk } from './descriptions';
import { ROOT, filesIn, readJson, readText } from './sources';

const BROKEN_TEXT = /\b(undefined|null|NaN|\[object)\b/;

describe.each(NODES.map((node) => [node.value.description.name, node] as const))('the node %s', (name, node) => {
	const { description, methods } = node.value;
	const properties = walk(description.properties);

	it('preselects only what can be selected', () => {
		const wrong = properties.filter(([, property]) => {
			const choices = choicesOf(property);
			if (choices === undefined) return false;
			const preselected: unknown[] = Array.isArray(property.default) ? property.default : [property.default];
			// Nobody knows yet what a list from the server will hold.
			if (property.typeOptions?.loadOptionsMethod) return choices.length > 0 || preselected.some((value) => value !== '');
			return choices.length === 0 || preselected.some((value) => !choices.includes(value));
		});
		expect(wrong.map(([where]) => where)).toEqual([]);
	});

	it('offers each choice once, in the order the editor shows', () => {
		for (const [where, property] of properties) {
			const choices = choicesOf(property) ?? [];
			expect([where, new Set(choices).size]).toEqual([where, choices.length]);
		}
	});

	it('has a default of the right type for every property', () => {
		const kinds: Readonly<Record<string, string>> = { boolean: 'boolean', number: 'number', string: 'string' };
		const wrong = properties.filter(([, { type, typeOptions, default: value }]) => {
			const kind = kinds[type];
			if (kind === undefined) return false;
			return typeOptions?.multipleValues ? !Array.isArray(value) : typeof value !== kind;
		});
		expect(wrong.map(([where]) => where)).toEqual([]);
	});

	it('has every list search method that a locator names, and no other', () => {
		const named = properties.flatMap(([, { modes = [] }]) =>
			(modes as INodePropertyMode[]).flatMap(({ typeOptions }) => typeOptions?.searchListMethod ?? []),
		);
		expect([...new Set(named)].sort()).toEqual(Object.keys(methods?.listSearch ?? {}).sort());
	});

	it('shows a property only for resources, operations and choices there are', () => {
		// "operation" and "reveal" stand there several times, each with its own choices.
		const choicesFor = (name: string): unknown[] =>
			name === VERSION
				? [description.version].flat()
				: properties
						.filter(([, property]) => property.name === name)
						.flatMap(([, property]) => (property.type === 'boolean' ? [true, false] : (choicesOf(property) ?? [])));
		for (const [where, { displayOptions }] of properties) {
			for (const [other, wanted = []] of Object.entries(displayOptions?.show ?? {})) {
				// A member of a collection names a parameter outside of it with a slash.
				const choices = choicesFor(other.replace(/^\//, ''));
				expect([where, other, wanted.every((value) => choices.includes(value))]).toEqual([where, other, true]);
			}
		}
	});

	it('has every method that a list of choices is loaded with, and no other, and names what it depends on', () => {
		const named = properties.flatMap(([, { typeOptions }]) => typeOptions?.loadOptionsMethod ?? []);
		expect([...new Set(named)].sort()).toEqual(Object.keys(methods?.loadOptions ?? {}).sort());
		const known = properties.map(([where]) => where);
		const others = properties.flatMap(([, { typeOptions }]) => typeOptions?.loadOptionsDependsOn ?? []);
		expect(others.filter((other) => !known.includes(other.replace(/\.value$/, '')))).toEqual([]);
	});

	it('shows each parameter once for every combination of choices', () => {
		const combinations = combinationsOf(description);
		expect(combinations.length).toBeGreaterThan(decidersOf(description).length);
		for (const values of combinations) {
			const shown = shownFor(description, values).map((property) => property.name);
			expect([values, shown.filter((one, index) => shown.indexOf(one) !== index)]).toEqual([values, []]);
		}
	});

	it('is a polling trigger that starts workflows, or has operations', () => {
		const { inputs, outputs, outputNames, polling, group, usableAsTool, displayName } = description;
		const first = description.properties[0]?.name;
		const facts = { inputs, polling, group: group.includes('trigger'), usableAsTool };
		const kind = { polls: node.value.poll !== undefined, executes: node.value.execute !== undefined };
		const isTrigger = / Trigger$/.test(displayName);
		expect({ ...facts, ...kind }).toEqual(
			isTrigger
				? { inputs: [], polling: true, group: true, usableAsTool: undefined, polls: true, executes: false }
				: { inputs: ['main'], polling: undefined, group: false, usableAsTool: true, polls: false, executes: true },
		);
		expect(isTrigger ? ['events'] : ['resource', 'operation']).toContain(first);
		expect(outputs).toEqual((outputNames ?? ['']).map(() => 'main'));
		expect(name.endsWith('Trigger')).toBe(isTrigger);
	});

	it('has one list of operations for each resource', () => {
		const resources = description.properties.find((property) => property.name === 'resource');
		for (const resource of (resources && choicesOf(resources)) ?? []) {
			const dropdown = shownFor(description, { resource }).filter((property) => property.name === 'operation');
			expect(dropdown.map((property) => [resource, (choicesOf(property) ?? []).length > 0])).toEqual([[resource, true]]);
		}
	});

	it('says what every parameter is in words', () => {
		for (const [, property] of properties) {
			expect(property.displayName).toMatch(/\S/);
			expect(`${property.description ?? ''} ${property.hint ?? ''}`).not.toMatch(BROKEN_TEXT);
		}
	});

	it('asks only for credentials of this package', () => {
		const known = CREDENTIALS.map(({ value }) => value.name);
		const asked = (description.credentials ?? []).map((credential) => credential.name);
		expect(asked.filter((credential) => !known.includes(credential))).toEqual([]);
	});

	it('has a codex file that fits it', () => {
		const codex = readJson<Record<string, unknown>>(node.file.replace(/\.ts$/, '.json'));
		const { name: packageName } = readJson<{ name: string }>('package.json');
		expect(codex.node).toBe(`${packageName}.${name}`);
		expect([codex.nodeVersion, codex.codexVersion]).toEqual([`${String([description.version].flat()[0])}.0`, '1.0']);
		expect(CODEX_CATEGORIES).toEqual(expect.arrayContaining(codex.categories as string[]));
		for (const subject of Object.keys((codex.subcategories ?? {}) as object)) expect(codex.categories).toContain(subject);
	});

	it('has a light and a dark icon, and they differ', () => {
		expectIcons(description.icon, node.folder);
	});
});

describe.each(CREDENTIALS.map((credential) => [credential.value.name, credential] as const))('the credential %s', (_name, { value, folder }) => {
	it('has a light and a dark icon, and they differ', () => {
		expectIcons(value.icon, folder);
	});

	it('hides what is secret', () => {
		const secret = value.properties.filter(({ name }) => /token|secret|password|certificate|key/i.test(name));
		expect(secret.length).toBeGreaterThan(0);
		expect(secret.filter(({ typeOptions }) => !typeOptions?.password).map(({ name }) => name)).toEqual([]);
	});

	it('is used by a node of this package and no other, or is for the HTTP Request node', () => {
		const users = NODES.filter((node) => node.value.description.credentials?.some(({ name }) => name === value.name));
		expect(users.length > 0).toBe(value.restrictToSupportedNodes === true);
		expect(value.authenticate).toBeDefined();
	});

	it('can be tested', () => {
		expect(value.test).toBeDefined();
	});
});

describe('pictures', () => {
	it('are SVG only, and hold no script and nothing from elsewhere', () => {
		const pictures = ['nodes', 'credentials'].flatMap((folder) => filesIn(folder)).filter((file) => !/\.(ts|json)$/.test(file));
		expect(pictures.filter((file) => !file.endsWith('.svg'))).toEqual([]);
		expect(pictures.length).toBeGreaterThanOrEqual(2);
		for (const file of pictures) expect(readText(file)).not.toMatch(/<script|<image|(href|src)="(?!#)/i);
	});
});

function expectIcons(icon: unknown, folder: string): void {
	const { light, dark } = icon as { light: string; dark: string };
	const [first, second] = [light, dark].map((name) => path.join(folder, name.replace(/^file:/, '')));
	for (const file of [first, second]) {
		expect(file).toMatch(/\.svg$/);
		expect([file, existsSync(path.join(ROOT, file ?? ''))]).toEqual([file, true]);
	}
	expect(readText(first ?? '')).toMatch(/^<svg\b/);
	expect(readText(first ?? '')).not.toBe(readText(second ?? ''));
}

/** Those that n8n's node panel knows. */
const CODEX_CATEGORIES = [
	'Analytics',
	'Communication',
	'Core Nodes',
	'Data & Storage',
	'Development',
	'Finance & Accounting',
	'Marketing',
	'Miscellaneous',
	'Productivity',
	'Sales',
	'Utility',
];
