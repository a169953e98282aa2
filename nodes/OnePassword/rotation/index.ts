import type { ConnectContext } from '../../shared/n8n/operations/connectContext';
import type { Resource } from '../../shared/n8n/operations/operation';
import { writing } from '../writing';
import { begin } from './begin';
import { finish } from './finish';
import { rollback } from './rollback';
import { status } from './status';

export const rotation: Resource<ConnectContext> = {
	value: 'rotation',
	name: 'Rotation',
	operations: [writing(begin), writing(finish), status, writing(rollback)],
};
