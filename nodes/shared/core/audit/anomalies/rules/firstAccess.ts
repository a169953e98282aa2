import { callerOf, nameOf, whoseOf } from '../client';
import type { AnomalyRule } from '../rule';

export const firstAccess: AnomalyRule = {
	id: 'firstAccess',
	name: 'First Access to an Item',
	description: 'By this client with this token, or by this person',
	severity: 'low',
	learns: () => true,
	test(row, { learningMs }, memory) {
		if (row.itemId === null || row.result === 'DENY') return undefined;
		const name = nameOf(row);
		const isNew = memory.isNew('item', row, [...callerOf(row), row.vaultId ?? '', row.itemId], learningMs);
		return isNew ? `First access to this item ${name === undefined ? whoseOf(row) : `by ${name}`}.` : undefined;
	},
};
