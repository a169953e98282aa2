/** What the user wants to be told of, from the parameters of the node. */

import { CHANGE_KINDS } from '../../shared/core/changes/itemChange';
import type { ItemFilter } from '../../shared/core/changes/itemFilter';
import { invalidInput } from '../../shared/core/errors/onePasswordError';
import { oneOf, readReveal } from '../../shared/n8n/parameters/itemParameters';
import { makeItemShape, type ItemShape } from '../../shared/n8n/operations/itemShape';
import { readSwitch, toTexts, toWholeNumber, type Parameters } from '../../shared/n8n/parameters/parameters';
import { ACCEPTED_KINDS, ACCESS_KINDS, type AccessKind } from '../events/eventKinds';
import { readFilter } from './readFilter';
import { readScope, type Scope } from './readScope';

export const DETAILS = ['versions', 'fields', 'item'] as const;

export type Detail = (typeof DETAILS)[number];

export const PROTECT_STATE = ['auto', 'always', 'never'] as const;

export type ProtectState = (typeof PROTECT_STATE)[number];

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

export const DEFAULT_MAX_EVENTS = 200;
export const DEFAULT_FULL_LISTING_MINUTES = 15;

/** @throws OnePasswordError INVALID_INPUT. */
export function readSettings(parameters: Parameters): WatchSettings {
	const options = parameters.collection('options');
	const events = toTexts(parameters.value('events'), 'Events').map((event) => oneOf(event, ACCEPTED_KINDS, 'Events'));
	if (events.length === 0) throw invalidInput("'Events' is empty.", 'Choose at least one event.');
	const reveal = readReveal(parameters, false);
	return {
		scope: readScope(parameters),
		events: new Set<string>(readSwitch(options, 'emitExisting', 'Emit Existing Items') ? [...events, 'existing'] : events),
		accesses: new Set(ACCESS_KINDS.filter((kind) => events.includes(kind))),
		serverHealth: events.includes('serverHealth'),
		filter: readFilter(parameters.collection('filters')),
		detail: oneOf(parameters.value('detail') ?? 'versions', DETAILS, 'Level of Detail'),
		// A field that one of many items does not have must not stop the others.
		shape: makeItemShape(parameters, typeof reveal === 'string' ? reveal : { ...reveal, lenient: true }),
		ignoreOwnWrites: readSwitch(options, 'ignoreOwnWrites', 'Ignore Own Writes'),
		includeOwnWorkflow: readSwitch(options, 'includeOwnWorkflow', 'Include Own Workflow'),
		atLeastOnce: oneOf(options.delivery ?? 'atLeastOnce', ['atLeastOnce', 'atMostOnce'], 'Delivery') === 'atLeastOnce',
		repeatFailed: toWholeNumber(options.repeatFailed, 'Repeat Failed Executions', 0) ?? 0,
		protectState: oneOf(options.protectState ?? 'auto', PROTECT_STATE, 'Protect State'),
		maxEvents: toWholeNumber(options.maxEvents, 'Max Events per Poll', 1) ?? DEFAULT_MAX_EVENTS,
		fullListingMs: (toWholeNumber(options.fullListingMinutes, 'Full Listing Every', 1) ?? DEFAULT_FULL_LISTING_MINUTES) * 60_000,
		timeoutMs: toWholeNumber(options.timeout, 'Timeout', 1),
	};
}
