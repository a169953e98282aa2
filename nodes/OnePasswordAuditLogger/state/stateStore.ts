/**
 * Where the state is kept: in the workflow's static data, by the id of the node that collects, so that it outlives a new
 * name and the node that confirms can reach it. n8n saves it at the end of an execution that was not started by hand, also
 * where a later node has failed.
 */

import type { IDataObject } from 'n8n-workflow';

import type { AuditContext } from '../auditContext';
import { parseState, type AuditState } from './auditState';

const PREFIX = 'onePasswordAuditLogger:';

export interface StoredState {
	readonly key: string;
	readonly state: AuditState;
}

export function loadOwnState(context: AuditContext): AuditState | undefined {
	return parseState(context.staticData()[ownKey(context)]);
}

export function storeOwnState(context: AuditContext, state: AuditState): void {
	storeState(context, { key: ownKey(context), state });
}

/** @returns the states of all nodes of the workflow that collect, or once did; those of new nodes last. */
export function loadStates(context: AuditContext): StoredState[] {
	return Object.entries(context.staticData()).flatMap(([key, stored]) => {
		const state = key.startsWith(PREFIX) ? parseState(stored) : undefined;
		return state === undefined ? [] : [{ key, state }];
	});
}

/** @returns the states by the name of their node; where a node was deleted and made again, those of the new one. */
export function newestStates(states: readonly StoredState[]): StoredState[] {
	return [...new Map(states.map((stored) => [stored.state.nodeName, stored])).values()];
}

export function storeState(context: AuditContext, { key, state }: StoredState): void {
	context.staticData()[key] = state as unknown as IDataObject;
}

function ownKey(context: AuditContext): string {
	return `${PREFIX}${context.self.id}`;
}
