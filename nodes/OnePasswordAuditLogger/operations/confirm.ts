import { invalidInput } from '../../shared/core/errors/onePasswordError';
import type { SingleOutputOperation } from '../../shared/n8n/operations/operation';
import type { AuditContext } from '../auditContext';
import { textParameter } from '../../shared/n8n/parameters/texts';
import { newState } from '../state/auditState';
import { addManualConfirmHint } from '../hints';
import { addNeedlessConfirmHint } from '../state/positionHints';
import { loadStates, newestStates, storeState, type StoredState } from '../state/stateStore';

const collector = textParameter({
	displayName: 'Collector Node',
	name: 'collector',
	placeholder: 'e.g. 1Password Audit Logger',
	description: 'Name of the node that gets the new events. Only needed where several of them come before this one.',
});

export const confirm: SingleOutputOperation<AuditContext> = {
	value: 'confirm',
	name: 'Confirm Stored Events',
	action: 'Confirm stored events',
	description: 'Let the next run continue after the events of this one; place it after the node that stores them',
	once: true,
	properties: [collector.property],
	run(context) {
		const { disclose, executionId, hint, inputs, isManual } = context;
		requireStored(context);
		if (isNeedless(context)) {
			addNeedlessConfirmHint(hint);
			return disclose.facts({ confirmed: true, events: inputs.length, hasMore: false, hasGap: false, lastHash: null });
		}
		const { key, state } = findCollector(context);
		const { pending } = state;
		// What another execution has read may not be stored yet: it comes again.
		if (pending?.executionId !== executionId) return disclose.facts({ confirmed: false, events: 0, hasMore: false, hasGap: false });
		const { position, rows, hasMore, hasGap } = pending;
		storeState(context, { key, state: { ...newState(state.nodeName), confirmed: position } });
		const batch = { events: rows, hasMore, hasGap };
		if (!isManual) return disclose.facts({ confirmed: true, ...batch, lastHash: position.lastHash ?? null });
		addManualConfirmHint(hint);
		// A hash that the next run may not reach must not be kept elsewhere as the last one.
		return disclose.facts({ confirmed: false, manual: true, ...batch, lastHash: null });
	},
};

/**
 * A node that goes on after an error hands over an item with the member `error`, alone or beside others; a row has none.
 * @throws OnePasswordError INVALID_INPUT.
 */
function requireStored({ inputs }: AuditContext): void {
	const index = inputs.findIndex(({ json, error }) => Boolean(error) || Boolean(json.error));
	if (index < 0) return;
	throw invalidInput(
		`Storing the events has failed: input item ${index} is an error. Nothing was confirmed, and the next run brings the same events again.`,
		"Check the error in the input, and set 'On Error' of the node that stores the events to 'Stop Workflow'.",
	);
}

/** @returns whether all nodes before this one that collect take their position from stored rows. */
function isNeedless({ parameters, self, nodesBefore }: AuditContext): boolean {
	const wanted = collector.read(parameters).trim();
	const collectors = nodesBefore()
		.filter((parent) => parent.type === self.type && (parent.parameters?.operation ?? 'collect') === 'collect')
		.filter(({ name }) => wanted === '' || name === wanted);
	return collectors.length > 0 && collectors.every(({ parameters: { position } = {} }) => position === 'storedRows');
}

function findCollector(context: AuditContext): StoredState {
	const { parameters, executionId, nodesBefore } = context;
	const wanted = collector.read(parameters).trim();
	const before = nodesBefore().map(({ name }) => name);
	const found = loadStates(context).filter(({ state: { nodeName } }) => (wanted === '' ? before.includes(nodeName) : nodeName === wanted));
	const newest = newestStates(found);
	const [only] = newest;
	// One name can have the state of a node that was deleted, too.
	const isOfThisRun = ({ state }: StoredState): boolean => state.pending?.executionId === executionId;
	if (only !== undefined && newest.length === 1) return found.find(isOfThisRun) ?? only;
	throw invalidInput(
		only === undefined
			? 'No node before this one has got new events.'
			: `Several nodes before this one get new events: ${newest.map(({ state }) => state.nodeName).join(', ')}.`,
		"Place the node after the one whose operation is 'Get New Events', and name that one in 'Collector Node'.",
	);
}
