import type { IExecuteFunctions } from 'n8n-workflow';

import { readConnectCredential } from '../shared/connect/credential/authenticate';
import type { AuditSource } from '../shared/core/audit/auditSource';
import { tokenIdOf } from '../shared/core/server/tokenId';
import { logFailures } from '../shared/n8n/errors/failureLog';
import { openDiscloser } from '../shared/n8n/operations/openDiscloser';
import { NodeParameters } from '../shared/n8n/parameters/nodeParameters';
import { EFFECTS } from '../shared/n8n/process/effects';
import { CONNECT_CREDENTIAL } from '../shared/n8n/services/credentialNames';
import { openConnectRun } from '../shared/n8n/services/openConnectRun';
import { openEventsSource } from '../shared/n8n/services/openEventsSource';
import type { AuditContext, AuditServices, ShowHint } from './auditContext';
import { CollectedBefore } from './state/collectedBefore';

/** @returns what an operation gets for one input item. */
export function openAuditContext(node: IExecuteFunctions): (itemIndex: number) => AuditContext {
	const { id, name, type, typeVersion } = node.getNode();
	const discloserOf = openDiscloser(node);
	const isManual = node.getMode() === 'manual';
	const shared = {
		inputs: node.getInputData(),
		self: { id, name, type, typeVersion },
		workflowId: node.getWorkflow().id ?? '',
		executionId: node.getExecutionId() ?? '',
		isManual,
		timeZone: node.getTimezone(),
		now: EFFECTS.now,
		staticData: () => node.getWorkflowStaticData('global'),
		notedWords: new CollectedBefore(node.helpers, isManual),
		nodesBefore: () => node.getParentNodes(name, { includeNodeParameters: true }),
		nodesAfter: () => node.getChildNodes(name, { includeNodeParameters: true }),
		services: servicesOf(node),
		hint: makeHint(node),
		logFailures: async (errors: readonly unknown[]) => await logFailures(node, errors),
	};
	return (itemIndex) => {
		const parameters = new NodeParameters(node, itemIndex);
		return { ...shared, parameters, disclose: discloserOf(parameters) };
	};
}

function servicesOf(node: IExecuteFunctions): AuditServices {
	return {
		connect: async (options) => {
			const run = await openConnectRun(node, options);
			return { run, tokenId: tokenIdOf(readConnectCredential(await node.getCredentials(CONNECT_CREDENTIAL)).token) };
		},
		events: async (options) => (await openEventsSource(node, options)) as AuditSource<unknown>,
	};
}

/** The ranges of several input items have much in common. */
function makeHint(node: IExecuteFunctions): ShowHint {
	const shown = new Set<string>();
	return (message, type = 'info') => {
		if (shown.has(message)) return;
		shown.add(message);
		node.addExecutionHints?.({ message, type, location: 'outputPane' });
	};
}
