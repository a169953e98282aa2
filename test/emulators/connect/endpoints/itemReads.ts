import type { Visit } from '../activityLog';
import type { Endpoint, Exchange } from '../exchange';
import { json } from '../exchange';
import { failure } from '../failure';
import type { Filter } from '../filter';
import { matches, parseAlternatives, parseFilter } from '../filter';
import { itemJson, itemRowsJson, presentationOf } from '../present';
import type { ConnectState } from '../state';
import type { ItemRecord } from '../store/records';
import { isActive } from '../store/records';
import { presentVault } from './vaults';

export const listItems: Endpoint = (state, exchange) => {
	presentVault(exchange);
	const text = exchange.query.get('filter');
	const filters = text ? parseItemFilter(text, state) : undefined;
	const items = exchange.view
		.items(exchange.vaultId)
		.filter((item) => isActive(item) || state.behaviour.archivedItems === 'listed')
		.filter((item) => filters === undefined || filters.some((filter) => fits(item, filter, state)));
	return { status: 200, body: itemRowsJson(items, presentationOf(state, exchange.view)), visits: listVisits(state, exchange, items) };
};

export const getItem: Endpoint = (state, exchange) => {
	const item = presentItem(state, exchange);
	return json(itemJson(item, presentationOf(state, exchange.view)), { visits: [visitTo(item, 'READ')] });
};

/** @throws ConnectFailure 404 */
export function presentItem(state: ConnectState, exchange: Exchange): ItemRecord {
	presentVault(exchange);
	const item = exchange.view.item(exchange.vaultId, exchange.itemId);
	if (!item || (!isActive(item) && state.behaviour.archivedItems === 'gone')) throw failure.itemNotFound(exchange.itemId);
	return item;
}

export function visitTo(item: ItemRecord, action: Visit['action']): Visit {
	return { action, vaultId: item.vaultId, itemId: item.id, itemVersion: item.version };
}

function listVisits(state: ConnectState, exchange: Exchange, items: readonly ItemRecord[]): readonly Visit[] {
	if (state.behaviour.activity.listEntries === 'none') return [];
	if (state.behaviour.activity.listEntries === 'perItem') return items.map((item) => visitTo(item, 'READ'));
	return [{ action: 'READ', vaultId: exchange.vaultId }];
}

const ITEM_ATTRIBUTES = ['title', 'tag'];

function parseItemFilter(text: string, { behaviour }: ConnectState): Filter[] {
	return behaviour.filterOr ? parseAlternatives(text, ITEM_ATTRIBUTES) : [parseFilter(text, ITEM_ATTRIBUTES)];
}

function fits(item: ItemRecord, filter: Filter, state: ConnectState): boolean {
	if (filter.attribute === 'tag') return item.tags.some((tag) => matches(filter, tag, 'sensitive'));
	return matches(filter, item.title, state.behaviour.itemTitleCase);
}
