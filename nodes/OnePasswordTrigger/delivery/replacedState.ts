/**
 * In queue mode a worker starts each execution with empty static data (n8n 2.40 and newer), and where a node writes some, it
 * replaces that of the whole workflow in the database, the trigger's state included. The main process still has it in
 * memory; it must get it into the database again before it stops.
 */

import type { IPollFunctions, NodeTypeAndVersion } from 'n8n-workflow';

import { isDurable } from '../state/stateStore';
import type { Attempt } from './attempt';

export function mustSaveAgain(context: IPollFunctions, { watch, sorted }: Pick<Attempt, 'watch' | 'sorted'>): boolean {
	const { protectState } = watch.settings;
	// The durable scheduler keeps the state of a trigger elsewhere.
	if (!sorted.ranOnWorker || isDurable(context) || protectState === 'never') return false;
	return protectState === 'always' || followers(context).some(mayWriteStaticData);
}

function followers(context: IPollFunctions): readonly NodeTypeAndVersion[] {
	return context.getChildNodes(context.getNode().name, { includeNodeParameters: true });
}

/** Code and Function nodes write it by `$getWorkflowStaticData` or `getWorkflowStaticData`. */
function mayWriteStaticData({ type, disabled, parameters = {} }: NodeTypeAndVersion): boolean {
	if (disabled) return false;
	return type.endsWith('.onePasswordAuditLogger') || /StaticData/i.test(JSON.stringify(parameters));
}
