import type { NodeScene } from '../nodeScene';
import { nodeScene } from '../nodeScene';
import { byName } from '../../../../support/parameters';

/** Two items, one of which has a live key. */
export function rotationScene(): NodeScene {
	return nodeScene([
		{ title: 'Key', category: 'API_CREDENTIAL', fields: [{ id: 'k', type: 'CONCEALED', label: 'key', value: 'old' }] },
		{ title: 'Old', updatedAt: '2020-01-01T00:00:00Z', tags: ['web'] },
	]);
}

/** @returns parameters of a step of the rotation "r1" of the item "Key". */
export function step(operation: string, rest: object = {}): Record<string, unknown> {
	return { resource: 'rotation', operation, vault: byName('Production'), item: byName('Key'), rotationId: 'r1', ...rest };
}

export const BEGIN = step('begin', { field: 'key', valueSource: 'given', value: 'new' });
