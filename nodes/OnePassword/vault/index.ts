import type { ConnectContext } from '../../shared/n8n/operations/connectContext';
import type { Resource } from '../../shared/n8n/operations/operation';
import { get } from './get';
import { getMany } from './getMany';

export const vault: Resource<ConnectContext> = {
	value: 'vault',
	name: 'Vault',
	operations: [get, getMany],
};
