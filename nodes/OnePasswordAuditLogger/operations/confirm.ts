import type { IExecuteFunctions } from 'n8n-workflow';

import { invalidInput } from '../../shared/core/errors/onePasswordError';
import { toText } from '../../shared/n8n/parameters/parameters';
import type { AuditContext, AuditOperation } from '../auditOperation';
import { newState } from '../state/auditState';
import { isManual, tellOfManualConfirm } from '../hints';
import { tellOfNeedlessConfirm } from '../state/positionHints';
import { loadStates, newestStates, storeState, type StoredState } from '../state/stateStore';

export const confirm: AuditOperation = {
	value: 'confirm',
	name: 'Confirm Stored Events',
	action: 'Confirm stored events',
	description: 'Let the next run go on after the events of this one; place it after the node that stores them',
	properties: [
		{
			displayName: 'Collector Node',
			name: 'collector',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1Password Audit Logger',
			description: 'Name of the node that gets the new events. Only needed where several of them come before this one.',
		},
	],
	run(context) {
		requireStored(context.node);
		if (isNeedless(context)) {
			tellOfNeedlessConfirm(context.node);
			return { events: [{ confirmed: true, events: context.node.getInputData().length, hasMore: false, hasGap: false, lastHash: null }] };
		}
		const { key, state } = findCollector(context);
		const { pending } = state;
		// What another execution has read may not be stored yet: it comes again.
		if (pending?.executionId !== (context.node.getExecutionId() ?? '')) {
			return { events: [{ confirmed: false, events: 0, hasMore: false, hasGap: false }] };
		}
		const { position, rows, hasMore, hasGap } = pending;
		storeState(context.node, { key, state: { ...newState(state.nodeName), confirmed: position } });
		const batch = { events: rows, hasMore, hasGap };
		if (!isManual(context.node)) return { events: [{ confirmed: true, ...batch, lastHash: position.lastHash ?? null }] };
		tellOfManualConfirm(context.node);
		// A hash that the next run may not reach must not be kept elsewhere as the last one.
		return { events: [{ confirmed: false, manual: true, ...batch, lastHash: null }] };
	},
};

/**
 * A node that goes on after an error hands over an item with the member `error`, alone or beside others; a row has none.
 * @throws OnePasswordError INVALID_INPUT.
 */
function requireStored(node: IExecuteFunctions): void {
	const index = node.getInputData().findIndex(({ json, error }) => Boolean(error) || Boolean(json.error));
	if (index < 0) return;
	throw invalidInput(
		`Storing the events has failed: input item ${index} is an error. Nothing was confirmed, and the next run brings the same events again.`,
		"Look at the error in the input, and set 'On Error' of the node that stores the events to 'Stop Workflow'.",
	);
}

/** @returns whether all nodes before this one that collect take their position from stored rows. */
function isNeedless({ node, parameters }: AuditContext): boolean {
	const wanted = toText(parameters.value('collector'), 'Collector Node').trim();
	const { name: ownName, type } = node.getNode();
	const collectors = node
		.getParentNodes(ownName, { includeNodeParameters: true })
		.filter((parent) => parent.type === type && (parent.parameters?.operation ?? 'collect') === 'collect')
		.filter(({ name }) => wanted === '' || name === wanted);
	return collectors.length > 0 && collectors.every(({ parameters: { position } = {} }) => position === 'storedRows');
}

function findCollector({ node, parameters }: AuditContext): StoredState {
	const wanted = toText(parameters.value('collector'), 'Collector Node').trim();
	const before = node.getParentNodes(node.getNode().name).map(({ name }) => name);
	const found = loadStates(node).filter(({ state: { nodeName } }) => (wanted === '' ? before.includes(nodeName) : nodeName === wanted));
	const newest = newestStates(found);
	const [only] = newest;
	// One name can have the state of a node that was deleted, too.
	const isOfThisRun = ({ state }: StoredState): boolean => state.pending?.executionId === (node.getExecutionId() ?? '');
	if (only !== undefined && newest.length === 1) return found.find(isOfThisRun) ?? only;
	throw invalidInput(
		only === undefined
			? 'No node before this one has got new events.'
			: `Several nodes before this one get new events: ${newest.map(({ state }) => state.nodeName).join(', ')}.`,
		"Place the node after the one whose operation is 'Get New Events', and name that one in 'Collector Node'.",
	);
}
