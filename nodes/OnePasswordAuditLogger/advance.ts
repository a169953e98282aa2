/** When the next run goes on: as soon as rows are read, or once the workflow has confirmed that it stored them. */

import type { IExecuteFunctions } from 'n8n-workflow';

import { oneOf } from '../shared/n8n/itemParameters';
import type { AuditContext } from './auditOperation';

type NodeOfWorkflow = ReturnType<IExecuteFunctions['getChildNodes']>[number];

/** @returns whether to wait: only where a node that confirms follows, since nothing would ever go on without one. */
export function followedByConfirm({ node, parameters }: AuditContext): boolean {
	const choice = parameters.collection('options').advance ?? 'whenConfirmed';
	if (oneOf(choice, ['whenConfirmed', 'whenRead'], 'Advance') === 'whenRead') return false;
	const { name, type } = node.getNode();
	return node
		.getChildNodes(name, { includeNodeParameters: true })
		.some((child) => child.type === type && isConfirm(child, name));
}

/** A name that comes from an expression is only known later: then the node may be meant. */
function isConfirm({ disabled, parameters }: NodeOfWorkflow, name: string): boolean {
	const collector = typeof parameters?.collector === 'string' ? parameters.collector.trim() : '';
	const isMeant = collector === '' || collector === name || collector.startsWith('=');
	return !disabled && parameters?.operation === 'confirm' && isMeant;
}
