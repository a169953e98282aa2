/** Resources of a Connect server, and what their operations have in common. */

import { requireWritable } from '../shared/connect/credential/accessRules';
import { openConnectContext, type ConnectContext } from '../shared/n8n/operations/connectContext';
import { defineResource, type Resource, type ResourceDefinition, type SingleOutputOperation } from '../shared/n8n/operations/operation';
import { dryRunOption } from '../shared/n8n/properties/options';
import { CONNECT_CREDENTIAL } from '../shared/n8n/services/credentialNames';

export interface ConnectOperation extends SingleOutputOperation<ConnectContext> {
	/** Whether it changes something: a credential that only reads refuses it before anything is sent. Default false. */
	readonly writes?: boolean;
}

interface ConnectResource extends Pick<ResourceDefinition<ConnectContext>, 'value' | 'name'> {
	readonly operations: readonly ConnectOperation[];
}

export function connectResource({ operations, ...facts }: ConnectResource): Resource {
	return defineResource({
		...facts,
		credentials: [{ name: CONNECT_CREDENTIAL, required: true }],
		openContext: openConnectContext,
		operations: operations.map(refuseReadOnly),
	});
}

/** A dry run sends nothing, so it may be done with any credential. */
function refuseReadOnly(operation: ConnectOperation): ConnectOperation {
	if (!operation.writes) return operation;
	return {
		...operation,
		async run(context) {
			if (!dryRunOption.read(context.parameters)) requireWritable(context.run.access);
			return await operation.run(context);
		},
	};
}
