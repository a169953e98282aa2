/** Everything the node can do. Dropdowns, visibility and dispatch derive from this list. */

import type { Resource } from '../shared/n8n/operations/operation';
import { file } from './file';
import { item } from './item';
import { rotation } from './rotation';
import { secret } from './secret';
import { server } from './server';
import { vault } from './vault';

export const resources: readonly Resource[] = [item, secret, rotation, server, vault, file];
