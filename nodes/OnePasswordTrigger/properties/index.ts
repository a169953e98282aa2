/** The parameters of the trigger, in the order the editor shows. */

import type { INodeProperties } from 'n8n-workflow';

import { detailProperties } from './detail';
import { eventsProperty } from './events';
import { filters } from './filters';
import { watchOptions } from './options';
import { scopeProperties } from './scope';

export const properties: readonly INodeProperties[] = [eventsProperty, ...scopeProperties, ...detailProperties, filters.property, watchOptions];
