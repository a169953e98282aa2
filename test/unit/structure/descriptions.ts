/** The nodes and credentials as n8n sees them, and walks over their properties. */

import path from 'node:path';

import type { ICredentialType, INodeProperties, INodePropertyCollection, INodePropertyOptions, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { ROOT, filesIn } from './sources';

export interface Described<T> {
	/** Path of the source file below the root. */
	readonly file: string;
	readonly folder: string;
	readonly value: T;
}

export const NODES = filesIn('nodes', '.node.ts').map((file) => instantiate<INodeType>(file));

export const CREDENTIALS = filesIn('credentials', '.credentials.ts').map((file) => instantiate<ICredentialType>(file));

function instantiate<T>(file: string): Described<T> {
	const name = path.basename(file).split('.')[0] ?? '';
	const module = require(path.join(ROOT, file)) as Record<string, new () => T>;
	const type = module[name];
	if (type === undefined) throw new Error(`${file} exports no class ${name}`);
	return { file, folder: path.dirname(file), value: new type() };
}

/** Every property, those inside collections too, with the path that leads to it. */
export function walk(properties: readonly INodeProperties[], above = ''): Array<readonly [string, INodeProperties]> {
	return properties.flatMap((property) => {
		const here = `${above}${property.name}`;
		return [[here, property] as const, ...walk(membersOf(property), `${here}.`)];
	});
}

/** The properties inside a collection or fixed collection. */
export function membersOf({ type, options = [] }: INodeProperties): INodeProperties[] {
	if (type === 'collection') return options as INodeProperties[];
	if (type === 'fixedCollection') return (options as INodePropertyCollection[]).flatMap(({ values }) => values);
	return [];
}

export function choicesOf({ type, options = [] }: INodeProperties): unknown[] | undefined {
	if (type !== 'options' && type !== 'multiOptions') return undefined;
	return (options as INodePropertyOptions[]).map(({ value }) => value);
}

/** The properties that the editor shows for these values; one that depends on a name without a value here counts as shown. */
export function shownFor({ properties }: INodeTypeDescription, values: Readonly<Record<string, unknown>>): INodeProperties[] {
	return properties.filter(({ displayOptions }) =>
		Object.entries(displayOptions?.show ?? {}).every(([name, wanted]) => !(name in values) || (wanted ?? []).includes(values[name] as never)),
	);
}

/** Stands for the version of the node among the parameters. */
export const VERSION = '@version';

/** Names of the parameters that decide which others are shown, each after those that it depends on itself. */
export function decidersOf({ properties }: INodeTypeDescription): string[] {
	const deciders = new Set(properties.flatMap(({ displayOptions }) => Object.keys(displayOptions?.show ?? {})));
	return [VERSION, ...new Set(properties.map(({ name }) => name))].filter((name) => deciders.has(name));
}

/** Every combination of choices that the editor lets somebody make; one that is not shown is `undefined`. */
export function combinationsOf(description: INodeTypeDescription): Array<Readonly<Record<string, unknown>>> {
	let combinations: Array<Readonly<Record<string, unknown>>> = [{}];
	for (const name of decidersOf(description)) {
		combinations = combinations.flatMap((values) => {
			const property = shownFor(description, values).find((candidate) => candidate.name === name);
			const choices =
				name === VERSION ? [description.version].flat() : property?.type === 'boolean' ? [true, false] : property && choicesOf(property);
			return (choices ?? [undefined]).map((choice) => ({ ...values, [name]: choice }));
		});
	}
	return combinations;
}
