import { connectResource } from '../connectResource';
import { get } from './get';
import { getMany } from './getMany';

export const vault = connectResource({
	value: 'vault',
	name: 'Vault',
	operations: [get, getMany],
});
