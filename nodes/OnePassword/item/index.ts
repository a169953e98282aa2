import type { ConnectContext } from '../../shared/n8n/operations/connectContext';
import type { Resource } from '../../shared/n8n/operations/operation';
import { compare } from './compare';
import { copy } from './copy';
import { writing } from '../writing';
import { create } from './create';
import { remove } from './delete';
import { get } from './get';
import { getMany } from './getMany';
import { update } from './update';
import { upsert } from './upsert';

export const item: Resource<ConnectContext> = {
	value: 'item',
	name: 'Item',
	operations: [compare, writing(copy), writing(create), writing(upsert), writing(remove), get, getMany, writing(update)],
};
