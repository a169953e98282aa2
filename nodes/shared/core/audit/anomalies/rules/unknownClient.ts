import { callerOf, isRequestOf, nameOf, productsOf, whoseOf } from '../client';
import type { AnomalyRule } from '../rule';
import type { RuleRow } from '../ruleRow';

export const unknownClient: AnomalyRule = {
	id: 'unknownClient',
	name: 'Unknown Client or Workflow',
	description: 'Not seen before, or not on your list',
	isDefault: true,
	severity: 'high',
	learns: ({ knownClients }) => knownClients.length === 0,
	test(row, { knownClients, own, learningMs }, memory) {
		if (isRequestOf(row, own)) return undefined;
		const name = nameOf(row);
		if (knownClients.length > 0) {
			const isKnown = knownClients.some((known) => isClient(row, known));
			return isKnown ? undefined : `Not one of the known clients: ${name ?? 'this user'}.`;
		}
		if (!memory.isNew('client', row, callerOf(row), learningMs)) return undefined;
		return name === undefined ? `First request ${whoseOf(row)}.` : `First request of this client ${whoseOf(row)}: ${name}.`;
	},
};

/** A workflow counts by its id only. Of others the first products are enough: what comes behind them are versions of the system and of libraries. */
function isClient({ workflowId, userAgent, userId }: RuleRow, known: string): boolean {
	if (known === workflowId || known === (userAgent ?? userId)) return true;
	if (workflowId !== null || userAgent === null) return false;
	return `${productsOf(userAgent)} `.toLowerCase().startsWith(`${productsOf(known)} `.toLowerCase());
}
