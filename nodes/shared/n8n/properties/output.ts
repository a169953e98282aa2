/** What comes out of an operation: which secret values, and in which shape. */

import type { Reveal } from '../../core/disclosure/concealment';
import { OnePasswordError } from '../../core/errors/onePasswordError';
import { choiceParameter, switchParameter } from '../parameters/choices';
import type { Parameter, ParameterValues } from '../parameters/parameter';
import { textsParameter } from '../parameters/texts';

const CONCEALED = { name: 'None', value: 'none', description: 'Secret values read "concealed by 1Password"' } as const;

const reveal = choiceParameter({
	displayName: 'Reveal Secret Values',
	name: 'reveal',
	default: 'none',
	description:
		'Which secret values the output contains. A revealed value is saved with the execution data unless the workflow says otherwise; AI tools never get one.',
	options: [
		{ name: 'All', value: 'all', description: 'Every secret value of the item' },
		CONCEALED,
		{ name: 'Selected Fields', value: 'selected', description: 'Only the fields you name' },
	],
});

const revealFields = textsParameter({
	displayName: 'Fields to Reveal',
	name: 'revealFields',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Field' },
	default: [],
	placeholder: 'e.g. credential',
	description: 'Label, section.label or ID of each field whose value the output contains',
	displayOptions: { show: { reveal: ['selected'] } },
	ifNone: "Name the fields, or set 'Reveal Secret Values' to 'None'.",
});

export const revealProperties = [reveal.property, revealFields.property];

/** @throws OnePasswordError REVEAL_REFUSED where an AI agent asks for secret values. */
export function readReveal(parameters: ParameterValues, isTool: boolean): Reveal {
	const choice = reveal.read(parameters);
	if (choice === 'none') return 'none';
	if (isTool) throw refuseReveal();
	return choice === 'all' ? 'all' : { fields: revealFields.read(parameters) };
}

/** @param shown what a user gets who reveals the values. */
export function revealAllParameter(shown: string): Parameter<'all' | 'none'> {
	return choiceParameter({
		displayName: reveal.property.displayName,
		name: reveal.property.name,
		default: 'none',
		description:
			'Whether the output contains the secret values. A revealed value is saved with the execution data unless the workflow says otherwise; AI tools never get one.',
		options: [{ name: 'All', value: 'all', description: shown }, CONCEALED],
	});
}

const anyRevealAll = revealAllParameter('');

/** @returns whether to reveal. @throws OnePasswordError REVEAL_REFUSED where an AI agent asks for it. */
export function readRevealAll(parameters: ParameterValues, isTool: boolean): boolean {
	const reveals = anyRevealAll.read(parameters) === 'all';
	if (reveals && isTool) throw refuseReveal();
	return reveals;
}

export function refuseReveal(): OnePasswordError {
	return new OnePasswordError({
		code: 'REVEAL_REFUSED',
		message: 'Secret values are not given to AI agents.',
		advice: "Set 'Reveal Secret Values' to 'None', or use the node as a step of the workflow instead of as a tool.",
	});
}

export const simplify = switchParameter({
	displayName: 'Simplify',
	name: 'simplify',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
});

export const fieldKeys = choiceParameter({
	displayName: 'Field Keys',
	name: 'fieldKeys',
	default: 'label',
	description: 'What the fields are called in the simplified output',
	options: [
		{ name: 'ID', value: 'id', description: 'The ID of each field, such as validFrom' },
		{
			name: 'Label',
			value: 'label',
			description: 'The label of each field. Built-in fields have their English label, such as valid from, in accounts of every language.',
		},
		{
			name: 'Label as Shown',
			value: 'shownLabel',
			description: 'The label of each field as 1Password shows it, in the language of the account',
		},
	],
	displayOptions: { show: { simplify: [true] } },
});

/** For an output with the fields of an item. */
export const simplifyProperties = [simplify.property, fieldKeys.property];
