import type { ConnectContext } from '../../shared/n8n/operations/connectContext';
import type { Resource } from '../../shared/n8n/operations/operation';
import { check } from './check';
import { inject } from './inject';
import { resolve } from './resolve';

export const secret: Resource<ConnectContext> = {
	value: 'secret',
	name: 'Secret',
	operations: [resolve, inject, check],
};
