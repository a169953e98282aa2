import { callerOf, clientOf } from './client';
import type { AnomalyRule } from './rule';

export const firstAccess: AnomalyRule = {
	id: 'firstAccess',
	severity: 'low',
	test(row, { learningMs }, memory) {
		if (row.itemId === null || row.result === 'DENY') return undefined;
		const isNew = memory.isNew('item', ...callerOf(row), row.vaultId ?? '', row.itemId);
		return isNew && !memory.isLearning(row, learningMs) ? `First access to this item by ${clientOf(row)}.` : undefined;
	},
};
