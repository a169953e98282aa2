import { oneOf } from '../../shared/n8n/parameters/itemParameters';
import type { AuditContext } from '../auditContext';

export const POSITIONS = ['storedRows', 'staticData'] as const;

export type PositionChoice = (typeof POSITIONS)[number];

/** Version of the node from which on it takes the position from stored rows unless told otherwise. */
const FIRST_WITH_ROWS = 2;

/** Where the position comes from. Nodes from before there was a choice keep it in static data. */
export function readPosition({ self, parameters }: AuditContext): PositionChoice {
	const preselected = self.typeVersion < FIRST_WITH_ROWS ? 'staticData' : 'storedRows';
	return oneOf(parameters.value('position') ?? preselected, POSITIONS, 'Position');
}
