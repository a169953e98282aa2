import type { AnomalyRule } from './rule';

export const criticalItem: AnomalyRule = {
	id: 'criticalItem',
	severity: 'medium',
	test({ vaultId, itemId, action }, { criticalItems }) {
		return criticalItems.has(`${vaultId}/${itemId}`) ? `${action} of an item that is tagged as critical.` : undefined;
	},
};
