import { whoOf, whoseOf } from '../client';
import { normaliseIp } from '../ipAddress';
import type { AnomalyRule } from '../rule';

export const newIp: AnomalyRule = {
	id: 'newIp',
	name: 'New IP Address',
	description: 'Not used before with this token, or by this person',
	isDefault: true,
	severity: 'medium',
	learns: () => true,
	test(row, { learningMs }, memory) {
		if (row.ip === null) return undefined;
		return memory.isNew('ip', row, [whoOf(row), normaliseIp(row.ip)], learningMs) ? `First request ${whoseOf(row)} from ${row.ip}.` : undefined;
	},
};
