import { whoOf, whoseOf } from '../client';
import { normaliseIp } from '../ipAddress';
import type { AnomalyRule } from '../rule';

export const newIp: AnomalyRule = {
	id: 'newIp',
	severity: 'medium',
	learns: true,
	test(row, { learningMs }, memory) {
		if (row.ip === null) return undefined;
		return memory.isNew('ip', row, [whoOf(row), normaliseIp(row.ip)], learningMs) ? `First request ${whoseOf(row)} from ${row.ip}.` : undefined;
	},
};
