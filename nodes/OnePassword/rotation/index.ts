import { connectResource } from '../connectResource';
import { begin } from './begin';
import { finish } from './finish';
import { rollback } from './rollback';
import { status } from './status';

export const rotation = connectResource({
	value: 'rotation',
	name: 'Rotation',
	operations: [begin, finish, status, rollback],
});
