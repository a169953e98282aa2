import { callerOf, clientOf, whoseOf } from './client';
import type { AnomalyRule } from './rule';

export const unknownClient: AnomalyRule = {
	id: 'unknownClient',
	severity: 'high',
	test(row, { knownClients, learningMs }, memory) {
		const client = clientOf(row);
		if (knownClients.length > 0) {
			const isKnown = knownClients.some((known) => known === row.workflowId || known === client || known === row.userAgent);
			return isKnown ? undefined : `Not one of the known clients: ${client}.`;
		}
		const isNew = memory.isNew('client', ...callerOf(row));
		return isNew && !memory.isLearning(row, learningMs) ? `First request of this client ${whoseOf(row)}: ${client}.` : undefined;
	},
};
