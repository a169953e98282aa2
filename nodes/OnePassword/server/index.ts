import type { ConnectContext } from '../../shared/n8n/connectContext';
import type { Resource } from '../../shared/n8n/operation';
import { getHealth } from './getHealth';

export const server: Resource<ConnectContext> = {
	value: 'server',
	name: 'Server',
	operations: [getHealth],
};
