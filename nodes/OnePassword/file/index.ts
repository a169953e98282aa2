import { connectResource } from '../connectResource';
import { download } from './download';
import { getMany } from './getMany';

export const file = connectResource({
	value: 'file',
	name: 'File',
	operations: [download, getMany],
});
