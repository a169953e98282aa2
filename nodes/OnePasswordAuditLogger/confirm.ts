import { invalidInput } from '../shared/core/onePasswordError';
import { toText } from '../shared/n8n/parameters';
import type { AuditContext, AuditOperation } from './auditOperation';
import { newState } from './auditState';
import { loadStates, newestStates, storeState, type StoredState } from './stateStore';

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
			description: "Name of the node that gets the new events. Only needed where several of them come before this one.",
		},
	],
	run(context) {
		const { key, state } = findCollector(context);
		const { pending } = state;
		// What another execution has read may not be stored yet: it comes again.
		if (pending?.executionId !== (context.node.getExecutionId() ?? '')) {
			return { events: [{ confirmed: false, events: 0, hasMore: false, hasGap: false }] };
		}
		const { position, rows, hasMore, hasGap } = pending;
		storeState(context.node, { key, state: { ...newState(state.nodeName), confirmed: position } });
		return { events: [{ confirmed: true, events: rows, hasMore, hasGap, lastHash: position.lastHash ?? null }] };
	},
};

function findCollector({ node, parameters }: AuditContext): StoredState {
	const wanted = toText(parameters.value('collector'), 'Collector Node').trim();
	const before = node.getParentNodes(node.getNode().name).map(({ name }) => name);
	const found = loadStates(node).filter(({ state: { nodeName } }) =>
		wanted === '' ? before.includes(nodeName) : nodeName === wanted,
	);
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
