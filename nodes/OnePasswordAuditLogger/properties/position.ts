import { choiceParameter } from '../../shared/n8n/parameters/choices';
import type { Parameter } from '../../shared/n8n/parameters/parameter';

export type PositionChoice = 'staticData' | 'storedRows';

/** By version of the node: a saved workflow leaves out what was preselected when it was made. */
export const position = {
	1: positionFor(1, 'staticData'),
	2: positionFor(2, 'storedRows'),
};

function positionFor(version: number, preselected: PositionChoice): Parameter<PositionChoice> {
	return choiceParameter<PositionChoice>({
		displayName: 'Position',
		name: 'position',
		noDataExpression: true,
		default: preselected,
		description: 'How a run knows which events were already stored',
		displayOptions: { show: { '@version': [version] } },
		options: [
			{
				name: 'From Stored Rows (Input)',
				value: 'storedRows',
				description: 'From the newest rows of the table, which the node before this one returns. Works in queue mode, and after any crash.',
			},
			{
				name: 'From Workflow Static Data',
				value: 'staticData',
				description: 'From what n8n keeps with the workflow. Not on workers of n8n 2.40 and 2.41 in queue mode, which lose it.',
			},
		],
	});
}
