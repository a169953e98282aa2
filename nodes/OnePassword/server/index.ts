import type { ConnectContext } from '../../shared/n8n/operations/connectContext';
import type { Resource } from '../../shared/n8n/operations/operation';
import { getHealth } from './getHealth';

export const server: Resource<ConnectContext> = {
	value: 'server',
	name: 'Server',
	operations: [getHealth],
};
