/** What the user wants to hear of, from the parameters of the node. */

import { CHANGE_KINDS } from '../../shared/core/changes/itemChange';
import type { ItemFilter } from '../../shared/core/changes/itemFilter';
import { invalidInput } from '../../shared/core/errors/onePasswordError';
import { makeItemShape, type ItemShape } from '../../shared/n8n/operations/itemShape';
import { oneOf, toTexts } from '../../shared/n8n/parameters/conversions';
import type { ParameterValues } from '../../shared/n8n/parameters/parameter';
import { timeoutOption } from '../../shared/n8n/properties/options';
import { readReveal } from '../../shared/n8n/properties/output';
import { ACCEPTED_KINDS, ACCESS_KINDS, type AccessKind } from '../events/eventKinds';
import { detail } from '../properties/detail';
import { readFilter } from '../properties/filters';
import * as options from '../properties/options';
import { readScope, type Scope } from './readScope';

export type Detail = ReturnType<typeof detail.read>;

export type ProtectState = ReturnType<typeof options.protectState.read>;

export interface WatchSettings {
	readonly scope: Scope;
	readonly events: ReadonlySet<string>;
	readonly accesses: ReadonlySet<AccessKind>;
	readonly serverHealth: boolean;
	readonly filter: ItemFilter;
	readonly detail: Detail;
	readonly shape: ItemShape;
	readonly ignoreOwnWrites: boolean;
	/** Whether what executions of the same workflow read is an event, too. */
	readonly includeOwnWorkflow: boolean;
	readonly atLeastOnce: boolean;
	/** How often events come again because a node of their execution failed. */
	readonly repeatFailed: number;
	readonly protectState: ProtectState;
	readonly maxEvents: number;
	readonly fullListingMs: number;
	readonly timeoutMs?: number;
}

/** @returns whether anything but accesses and the server's health is an event. */
export function wantsChanges({ events }: WatchSettings): boolean {
	return CHANGE_KINDS.some((kind) => events.has(kind));
}

/** @throws OnePasswordError INVALID_INPUT. */
export function readSettings(parameters: ParameterValues): WatchSettings {
	const events = toTexts(parameters.value('events'), 'Events').map((event) => oneOf(event, ACCEPTED_KINDS, 'Events'));
	if (events.length === 0) throw invalidInput("'Events' is empty.", 'Choose at least one event.');
	const reveal = readReveal(parameters, false);
	return {
		scope: readScope(parameters),
		events: new Set<string>(options.emitExisting.read(parameters) ? [...events, 'existing'] : events),
		accesses: new Set(ACCESS_KINDS.filter((kind) => events.includes(kind))),
		serverHealth: events.includes('serverHealth'),
		filter: readFilter(parameters),
		detail: detail.read(parameters),
		// A field that one of many items does not have must not stop the others.
		shape: makeItemShape(parameters, typeof reveal === 'string' ? reveal : { ...reveal, lenient: true }),
		ignoreOwnWrites: options.ignoreOwnWrites.read(parameters),
		includeOwnWorkflow: options.includeOwnWorkflow.read(parameters),
		atLeastOnce: options.delivery.read(parameters) === 'atLeastOnce',
		repeatFailed: options.repeatFailed.read(parameters),
		protectState: options.protectState.read(parameters),
		maxEvents: options.maxEvents.read(parameters),
		fullListingMs: options.fullListingMinutes.read(parameters) * 60_000,
		timeoutMs: timeoutOption.read(parameters),
	};
}
