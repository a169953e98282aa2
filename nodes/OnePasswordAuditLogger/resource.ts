/** Everything the node can do. Dropdown, visibility and dispatch derive from this. */

import type { INodeCredentialDescription } from 'n8n-workflow';

import { defineResource } from '../shared/n8n/operations/operation';
import { CONNECT_CREDENTIAL, EVENTS_CREDENTIAL } from '../shared/n8n/services/credentialNames';
import type { AuditContext } from './auditContext';
import { openAuditContext } from './openAuditContext';
import { collect } from './operations/collect';
import { confirm } from './operations/confirm';
import { getRange } from './operations/getRange';
import { verify } from './operations/verify';

export const resource = defineResource<AuditContext>({
	value: 'log',
	name: 'Log',
	credentials: [credentialOf('connect', CONNECT_CREDENTIAL), credentialOf('events', EVENTS_CREDENTIAL)],
	preselected: 'collect',
	operations: [confirm, getRange, collect, verify],
	openContext: async (node) => await Promise.resolve(openAuditContext(node)),
});

/** Each source asks for its own credential only, and what reads no log for none. */
function credentialOf(source: string, name: string): INodeCredentialDescription {
	return { name, required: true, displayOptions: { show: { operation: ['collect', 'getRange'], source: [source] } } };
}
