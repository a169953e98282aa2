import type { Answer, Endpoint, Exchange } from '../exchange';
import { json } from '../exchange';
import { failure } from '../failure';
import { readNewItem, readReplacement } from '../items/itemDraft';
import { applyPatch } from '../items/patch';
import { readOperations } from '../items/patchPath';
import { itemJson, presentationOf } from '../present';
import type { ConnectState } from '../state';
import { rulesOf } from '../state';
import type { ItemContents, ItemRecord } from '../store/records';
import { timestamp } from '../store/timestamp';
import { presentItem, visitTo } from './itemReads';
import { presentVault } from './vaults';

type Write = (state: ConnectState, exchange: Exchange) => Answer;

export const createItem = gated((state, exchange) => {
	presentVault(exchange);
	const rules = rulesOf(state);
	const contents = readNewItem(readJson(exchange), exchange.vaultId, rules);
	const now = timestamp(rules.nowMs, state.behaviour);
	const item: ItemRecord = {
		...contents,
		id: state.ids.next(),
		vaultId: exchange.vaultId,
		version: 1,
		createdAt: now,
		updatedAt: now,
		writtenAtMs: rules.nowMs,
		lastEditedBy: state.editor,
	};
	state.store.commitItem(item.vaultId, item.id, item);
	return { ...show(state, item), applied: true, visits: [visitTo(item, 'CREATE')] };
});

export const putItem = gated((state, exchange) => {
	const before = presentItem(state, exchange);
	return update(state, before, readReplacement(readJson(exchange), before, rulesOf(state)));
});

export const patchItem = gated((state, exchange) => {
	const before = presentItem(state, exchange);
	const operations = readOperations(readJson(exchange));
	if (operations.length === 0) return { ...show(state, before), visits: [visitTo(before, 'READ')] };
	return update(state, before, applyPatch(before, operations, rulesOf(state)));
});

export const deleteItem = gated((state, exchange) => {
	const item = presentItem(state, exchange);
	if (state.clock.now() < item.writtenAtMs + state.behaviour.deleteSettleMs) throw failure.internal();
	state.store.commitItem(item.vaultId, item.id, undefined);
	return { status: 204, applied: true, visits: [visitTo(item, 'DELETE')] };
});

function update(state: ConnectState, before: ItemRecord, contents: ItemContents): Answer {
	// A replica's copy may be older than the item; its version still rises from the true one.
	const current = state.store.truth().item(before.vaultId, before.id);
	if (!current) throw failure.itemNotFound(before.id);
	const item: ItemRecord = {
		...before,
		...contents,
		version: current.version + 1,
		updatedAt: timestamp(state.clock.now(), state.behaviour),
		writtenAtMs: state.clock.now(),
		lastEditedBy: state.editor,
	};
	state.store.commitItem(item.vaultId, item.id, item);
	const { answerVersion, activity } = state.behaviour;
	const logged = activity.itemVersionOnUpdate === 'old' ? current.version : item.version;
	return {
		...show(state, answerVersion === 'old' ? { ...item, version: current.version } : item),
		applied: true,
		visits: [{ ...visitTo(item, 'UPDATE'), itemVersion: logged }],
	};
}

function show(state: ConnectState, item: ItemRecord): Answer {
	return json(itemJson(item, presentationOf(state)));
}

/** Writes go to 1Password.com, where concurrent ones collide. */
function gated(write: Write): Endpoint {
	return async (state, exchange) => {
		if (state.store.outage) throw failure.internal();
		return await state.gate.enter(
			exchange.vaultId,
			() => write(state, exchange),
			() => {
				throw exchange.method === 'DELETE' ? failure.internal() : failure.conflict();
			},
		);
	};
}

function readJson(exchange: Exchange): unknown {
	try {
		return JSON.parse(exchange.bodyText);
	} catch {
		throw failure.badRequest('Invalid request body: not JSON');
	}
}
