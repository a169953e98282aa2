/** What the user wants to be told of, from the parameters of the node. */

import type { Selector } from '../shared/connect/lookup';
import { CHANGE_KINDS } from '../shared/core/changes/itemChange';
import type { ItemFilter } from '../shared/core/changes/itemFilter';
import { invalidInput } from '../shared/core/onePasswordError';
import { cleanReference, parseReferenceList } from '../shared/core/references/copiedReference';
import { parseReferencePath } from '../shared/core/references/secretReference';
import { oneOf, readReveal } from '../shared/n8n/itemParameters';
import { makeItemShape, type ItemShape } from '../shared/n8n/itemShape';
import { readVaultSelector } from '../shared/n8n/locators';
import { readSwitch, toTexts, toWholeNumber, type Parameters } from '../shared/n8n/parameters';
import { ACCESS_KINDS, type AccessKind } from './changeEvent';
import { readFilter } from './readFilter';

export const DETAILS = ['versions', 'fields', 'item'] as const;

export type Detail = (typeof DETAILS)[number];

export const PROTECT_STATE = ['auto', 'always', 'never'] as const;

export type ProtectState = (typeof PROTECT_STATE)[number];

export interface ItemEntry {
	/** As entered, with its vault: the same entry means the same item from then on. */
	readonly key: string;
	readonly vault: Selector;
	readonly item: Selector;
}

export type Scope =
	| { readonly kind: 'allVaults' }
	| { readonly kind: 'vaults'; readonly vaults: readonly string[] }
	| { readonly kind: 'items'; readonly entries: readonly ItemEntry[] };

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
	const events = toTexts(parameters.value('events'), 'Events').map((event) =>
		oneOf(event, [...CHANGE_KINDS, ...ACCESS_KINDS, 'serverHealth'], 'Events'),
	);
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
		fullListingMs:
			(toWholeNumber(options.fullListingMinutes, 'Full Listing Every', 1) ?? DEFAULT_FULL_LISTING_MINUTES) * 60_000,
		timeoutMs: toWholeNumber(options.timeout, 'Timeout', 1),
	};
}

function readScope(parameters: Parameters): Scope {
	const kind = oneOf(parameters.value('scope') ?? 'allVaults', ['allVaults', 'vaults', 'items'], 'Watch');
	if (kind === 'allVaults') return { kind };
	if (kind === 'vaults') {
		const vaults = toTexts(parameters.value('vaults'), 'Vault Names or IDs');
		if (vaults.length > 0) return { kind, vaults };
		throw invalidInput("'Vault Names or IDs' is empty.", 'Choose the vaults to watch.');
	}
	const entries = readEntries(parameters.value('items')).map((text) => readEntry(parameters, text));
	if (entries.length > 0) return { kind, entries };
	throw invalidInput("'Item Names or IDs' is empty.", 'Choose the items to watch.');
}

/** A text with a reference on each line, as it is copied, or what `toTexts` takes. */
function readEntries(value: unknown): string[] {
	const isList = typeof value === 'string' && /[\r\n]/.test(value.trim());
	const texts = isList ? parseReferenceList(value).map(({ text }) => text) : toTexts(value, 'Item Names or IDs');
	return texts.map(cleanReference);
}

/** A secret reference names its own vault. */
function readEntry(parameters: Parameters, text: string): ItemEntry {
	if (!text.startsWith('op://')) {
		const vault = readVaultSelector(parameters);
		return { key: JSON.stringify([vault.text, text]), vault, item: { by: 'either', text } };
	}
	const { vault, item } = parseReferencePath(text);
	if (item === undefined) {
		throw invalidInput("A secret reference in 'Item Names or IDs' names no item.", 'Use the form op://vault/item.');
	}
	return { key: text, vault: { by: 'either', text: vault }, item: { by: 'either', text: item } };
}
