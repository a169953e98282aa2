/** The dropdowns, the visibility of parameters and the credentials of a node, derived from what it offers. */

import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

import { resourcesOf, type Offer, type Resource } from './operation';

/** @returns the properties of a node that offers this. The first resource is preselected. */
export function describeProperties(offer: Offer): INodeProperties[] {
	const resources = resourcesOf(offer);
	const conditionsOf = ({ value }: Resource): Shown => ('operations' in offer ? {} : { resource: [value] });
	return [
		...('operations' in offer ? [] : [describeChoice(offer)]),
		...resources.map((resource) => describeOperations(resource, conditionsOf(resource))),
		...resources.flatMap((resource) =>
			resource.operations.flatMap(({ value, properties }) =>
				properties.map((property) => showFor(property, { ...conditionsOf(resource), operation: [value] })),
			),
		),
	];
}

/** @returns the credentials of a node that offers this: those that only some resources use are asked for with these only. */
export function describeCredentials(offer: Offer): INodeCredentialDescription[] {
	const resources = resourcesOf(offer);
	const credentials = [...new Map(resources.flatMap((resource) => resource.credentials).map((one) => [one.name, one])).values()];
	return credentials.map((credential) => {
		const users = resources.filter((resource) => resource.credentials.some(({ name }) => name === credential.name));
		return users.length === resources.length ? credential : showFor(credential, { resource: users.map(({ value }) => value) });
	});
}

/** @returns the expression by which the canvas shows the operation of a node without resources under the node's name. */
export function describeSubtitle({ operations }: Resource): string {
	const names = Object.fromEntries(operations.map(({ value, name }) => [value, name]));
	return `={{ (${JSON.stringify(names)})[$parameter["operation"]] }}`;
}

type Shown = NonNullable<NonNullable<INodeProperties['displayOptions']>['show']>;

function describeChoice(resources: readonly Resource[]): INodeProperties {
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: resources.map(({ name, value }) => ({ name, value })),
		default: firstValue(resources),
	};
}

function describeOperations(resource: Resource, conditions: Shown): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		...(Object.keys(conditions).length > 0 && { displayOptions: { show: conditions } }),
		options: resource.operations.map(({ name, value, action, description }) => ({ name, value, action, description })),
		default: preselectedOf(resource),
	};
}

function preselectedOf({ operations, preselected }: Resource): string {
	return preselected ?? (operations.some(({ value }) => value === 'get') ? 'get' : firstValue(operations));
}

function firstValue(choices: ReadonlyArray<{ readonly value: string }>): string {
	return choices[0]?.value ?? '';
}

function showFor<T extends Pick<INodeProperties, 'displayOptions'>>(property: T, conditions: Shown): T {
	const { displayOptions } = property;
	return { ...property, displayOptions: { ...displayOptions, show: { ...conditions, ...displayOptions?.show } } };
}
