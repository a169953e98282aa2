import { connectResource } from '../connectResource';
import { getHealth } from './getHealth';

export const server = connectResource({
	value: 'server',
	name: 'Server',
	operations: [getHealth],
});
