import { callerOf, whoseOf } from './client';
import type { AnomalyRule } from './rule';

export const newIp: AnomalyRule = {
	id: 'newIp',
	severity: 'medium',
	test(row, { learningMs }, memory) {
		if (row.ip === null) return undefined;
		const isNew = memory.isNew('ip', callerOf(row)[0], row.ip);
		return isNew && !memory.isLearning(row, learningMs) ? `First request ${whoseOf(row)} from ${row.ip}.` : undefined;
	},
};
