import type { AuditContext } from '../auditContext';
import { position, type PositionChoice } from '../properties/position';

/** Version of the node from which on it takes the position from stored rows unless told otherwise. */
const FIRST_WITH_ROWS = 2;

/** Where the position comes from. Nodes from before there was a choice keep it in static data. */
export function readPosition({ self, parameters }: AuditContext): PositionChoice {
	return position[self.typeVersion < FIRST_WITH_ROWS ? 1 : 2].read(parameters);
}
