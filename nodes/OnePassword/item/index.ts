import type { ConnectContext } from '../../shared/n8n/connectContext';
import type { Resource } from '../../shared/n8n/operation';
import { compare } from './compare';
import { copy } from './copy';
import { create } from './create';
import { remove } from './delete';
import { get } from './get';
import { getMany } from './getMany';
import { update } from './update';
import { upsert } from './upsert';

export const item: Resource<ConnectContext> = {
	value: 'item',
	name: 'Item',
	operations: [compare, copy, create, upsert, remove, get, getMany, update],
};
