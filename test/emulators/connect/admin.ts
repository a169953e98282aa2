import type { FullItem, Vault } from '../../../nodes/shared/core/wire';
import type { Admin, EditableItem, ItemEdit } from './emulator';
import { fullItem, presentationOf } from './present';
import type { SeedItem } from './seed';
import type { ConnectState } from './state';
import { rulesOf } from './state';
import { plantContents, plantItem, plantVault } from './store/plant';
import type { ItemContents, ItemRecord, VaultRecord } from './store/records';
import { timestamp } from './store/timestamp';

/** `person`: the ID in `lastEditedBy`. */
export function adminOf(state: ConnectState, person: string): Admin {
	const { store } = state;
	const vaultOf = (name: string) => findVault(state, name);
	return {
		vaults: () => structuredClone(store.truth().vaults()),
		vault: (vault) => structuredClone(vaultOf(vault)),
		items: (vault) =>
			store
				.truth()
				.items(vaultOf(vault).id)
				.map((item) => show(state, item)),
		item: (vault, itemId) => show(state, findItem(state, vault, itemId)),
		createVault: (seed) => createVault(state, seed, person),
		editVault: (vault, change) => editVault(state, vaultOf(vault), change),
		deleteVault: (vault) => store.commitVault(vaultOf(vault).id, undefined),
		createItem: (vault, seed) => commit(state, plantItem(seed, vaultOf(vault).id, person, rulesOf(state))),
		editItem: (vault, itemId, edit) => editItem(state, findItem(state, vault, itemId), edit, person),
		archiveItem: (vault, itemId) => commit(state, { ...next(state, vault, itemId, person), state: 'ARCHIVED' }),
		restoreItem: (vault, itemId) => {
			const { state: _archived, ...item } = next(state, vault, itemId, person);
			return commit(state, item);
		},
		moveItem: (vault, itemId, toVault) => moveItem(state, findItem(state, vault, itemId), vaultOf(toVault).id, person),
		deleteItem: (vault, itemId) => store.commitItem(vaultOf(vault).id, findItem(state, vault, itemId).id, undefined),
		logActivity: (rows) => {
			for (const row of rows) state.activity.add(row, { ...row, atMs: row.atMs ?? state.clock.now(), jti: row.jti ?? 'foreign' });
		},
		clearActivity: () => state.activity.clear(),
		settle: () => store.settle(),
		outage: (on) => {
			store.outage = on;
		},
	};
}

/** @throws Error if there is none with that ID or name */
export function findVault(state: ConnectState, name: string): VaultRecord {
	const vaults = state.store.truth().vaults();
	const vault = vaults.find(({ id }) => id === name) ?? vaults.find((candidate) => candidate.name === name);
	if (!vault) throw new Error(`The emulator has no vault ${name}`);
	return vault;
}

function findItem(state: ConnectState, vault: string, itemId: string): ItemRecord {
	const item = state.store.truth().item(findVault(state, vault).id, itemId);
	if (!item) throw new Error(`The emulator has no item ${itemId} in vault ${vault}`);
	return item;
}

function createVault(state: ConnectState, seed: Parameters<Admin['createVault']>[0], person: string): Vault {
	const { vault, items } = plantVault(seed, person, rulesOf(state));
	state.store.commitVault(vault.id, { ...vault, contentVersion: 1, items: 0 });
	for (const item of items) state.store.commitItem(vault.id, item.id, item);
	return structuredClone(findVault(state, vault.id));
}

function editVault(state: ConnectState, vault: VaultRecord, change: { name?: string; description?: string }): Vault {
	state.store.commitVault(vault.id, {
		...vault,
		...change,
		attributeVersion: vault.attributeVersion + 1,
		updatedAt: timestamp(state.clock.now(), state.behaviour),
	});
	return structuredClone(findVault(state, vault.id));
}

function editItem(state: ConnectState, before: ItemRecord, edit: ItemEdit, person: string): FullItem {
	// The files of a full item are a client's view of them; for an edit they are files to keep.
	const copy = { ...show(state, before), files: before.files.map(({ id, name, section }) => ({ id, name, section })) };
	const editable = copy as unknown as EditableItem;
	const edited: SeedItem = typeof edit === 'function' ? (edit(editable) ?? editable) : { ...editable, ...edit };
	const contents: ItemContents = plantContents(edited, before, rulesOf(state));
	return commit(state, { ...next(state, before.vaultId, before.id, person), ...contents });
}

function moveItem(state: ConnectState, item: ItemRecord, toVaultId: string, person: string): FullItem {
	const now = timestamp(state.clock.now(), state.behaviour);
	const copy: ItemRecord = {
		...item,
		id: state.ids.next(),
		vaultId: toVaultId,
		version: 1,
		createdAt: now,
		updatedAt: now,
		writtenAtMs: state.clock.now(),
		lastEditedBy: person,
	};
	const shown = commit(state, copy);
	state.store.commitItem(item.vaultId, item.id, undefined);
	return shown;
}

/** The item as it will be after one more change. */
function next(state: ConnectState, vault: string, itemId: string, person: string): ItemRecord {
	const item = findItem(state, vault, itemId);
	const nowMs = state.clock.now();
	const updatedAt = timestamp(nowMs, state.behaviour);
	return { ...item, version: item.version + 1, updatedAt, writtenAtMs: nowMs, lastEditedBy: person };
}

function commit(state: ConnectState, item: ItemRecord): FullItem {
	state.store.commitItem(item.vaultId, item.id, item);
	return show(state, item);
}

function show(state: ConnectState, item: ItemRecord): FullItem {
	return structuredClone(fullItem(item, presentationOf(state)));
}
