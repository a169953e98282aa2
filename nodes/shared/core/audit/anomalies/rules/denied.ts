import type { AnomalyRule } from '../rule';

export const denied: AnomalyRule = {
	id: 'denied',
	name: 'Denied Request',
	isDefault: true,
	severity: 'high',
	test({ result, action }) {
		return result === 'DENY' ? `The request was refused: ${action}.` : undefined;
	},
};
