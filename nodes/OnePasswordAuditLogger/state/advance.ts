/** When the next run goes on: as soon as rows are read, or once the workflow has confirmed that it stored them. */

import type { AuditContext, NodeOfWorkflow } from '../auditContext';
import { advance } from '../properties/collect';

export interface Advance {
	/** Whether to wait: only where a node that confirms follows, since nothing would ever go on without one. */
	readonly waits: boolean;
	/** Whether it does not, since those that confirm are all disabled. */
	readonly isDisabled: boolean;
}

export function findAdvance({ parameters, self, nodesAfter }: Pick<AuditContext, 'parameters' | 'self' | 'nodesAfter'>): Advance {
	if (advance.read(parameters) === 'whenRead') return { waits: false, isDisabled: false };
	const confirming = nodesAfter().filter((child) => child.type === self.type && isConfirm(child, self.name));
	const waits = confirming.some(({ disabled }) => !disabled);
	return { waits, isDisabled: !waits && confirming.length > 0 };
}

/** A name that comes from an expression is only known later: then the node may be meant. */
function isConfirm({ parameters }: NodeOfWorkflow, name: string): boolean {
	const collector = typeof parameters?.collector === 'string' ? parameters.collector.trim() : '';
	const isMeant = collector === '' || collector === name || collector.startsWith('=');
	return parameters?.operation === 'confirm' && isMeant;
}
