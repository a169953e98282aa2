import { connectResource } from '../connectResource';
import { compare } from './compare';
import { copy } from './copy';
import { create } from './create';
import { remove } from './delete';
import { get } from './get';
import { getMany } from './getMany';
import { update } from './update';
import { upsert } from './upsert';

export const item = connectResource({
	value: 'item',
	name: 'Item',
	operations: [compare, copy, create, upsert, remove, get, getMany, update],
});
