import { connectResource } from '../connectResource';
import { check } from './check';
import { inject } from './inject';
import { resolve } from './resolve';

export const secret = connectResource({
	value: 'secret',
	name: 'Secret',
	operations: [resolve, inject, check],
});
