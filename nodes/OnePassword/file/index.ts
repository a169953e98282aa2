import type { ConnectContext } from '../../shared/n8n/operations/connectContext';
import type { Resource } from '../../shared/n8n/operations/operation';
import { download } from './download';
import { getMany } from './getMany';

export const file: Resource<ConnectContext> = {
	value: 'file',
	name: 'File',
	operations: [download, getMany],
};
