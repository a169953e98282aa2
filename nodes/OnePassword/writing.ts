/** Operations that write: a credential that only reads refuses them before anything is sent. */

import { requireWritable } from '../shared/connect/credential/accessRules';
import type { ConnectContext } from '../shared/n8n/operations/connectContext';
import type { Operation } from '../shared/n8n/operations/operation';
import { readSwitch } from '../shared/n8n/parameters/parameters';

/** A dry run sends nothing, so it may be done with any credential. */
export function writing(operation: Operation<ConnectContext>): Operation<ConnectContext> {
	return {
		...operation,
		async run(context) {
			const isDryRun = readSwitch(context.parameters.collection('options'), 'dryRun', 'Dry Run');
			if (!isDryRun) requireWritable(context.run.access);
			return await operation.run(context);
		},
	};
}
