import { expect, it } from '@jest/globals';

import { findAdvance, type Advance } from '../../../../../nodes/OnePasswordAuditLogger/state/advance';
import type { NodeOfWorkflow } from '../../../../../nodes/OnePasswordAuditLogger/auditContext';
import { fakeContext } from '../fakeContext';

const TYPE = 'n8n-nodes-1password-connect.onePasswordAuditLogger';
const CONFIRM = { name: 'Confirm', type: TYPE, typeVersion: 1, disabled: false, parameters: { operation: 'confirm' } };

function advance(children: readonly object[], options: object = {}): Advance {
	const self = { id: 'id', name: 'Audit', type: TYPE, typeVersion: 1 };
	return findAdvance(fakeContext({ options }, { self, nodesAfter: () => children as readonly NodeOfWorkflow[] }));
}

it.each([
	['a node that confirms follows', [{ ...CONFIRM, name: 'Store', type: 'x' }, CONFIRM], {}, true],
	['nothing follows', [], {}, false],
	['it is disabled', [{ ...CONFIRM, disabled: true }], {}, false],
	['it does something else', [{ ...CONFIRM, parameters: { operation: 'verify' } }], {}, false],
	['it names this node', [{ ...CONFIRM, parameters: { operation: 'confirm', collector: ' Audit ' } }], {}, true],
	['it names another node', [{ ...CONFIRM, parameters: { operation: 'confirm', collector: 'Other' } }], {}, false],
	['it names a node by an expression', [{ ...CONFIRM, parameters: { operation: 'confirm', collector: '={{ "Audit" }}' } }], {}, true],
	['it is of another type', [{ ...CONFIRM, type: 'x' }], {}, false],
	['the user does not want to wait', [CONFIRM], { advance: 'whenRead' }, false],
])('%s', (_what, children, options, expected) => {
	expect(advance(children, options).waits).toBe(expected);
});

it('refuses a choice that there is not', () => {
	expect(() => advance([CONFIRM], { advance: 'never' })).toThrow("'Advance'");
});

const DISABLED = { ...CONFIRM, disabled: true };

it.each([
	['the only node that confirms is', [DISABLED], {}, true],
	['another one is not', [DISABLED, { ...CONFIRM, name: 'Second' }], {}, false],
	['it is for another node', [{ ...DISABLED, parameters: { operation: 'confirm', collector: 'Other' } }], {}, false],
	['it does something else', [{ ...DISABLED, parameters: { operation: 'verify' } }], {}, false],
	['the user does not want to wait', [DISABLED], { advance: 'whenRead' }, false],
])('disabled: %s', (_what, children, options, expected) => {
	expect(advance(children, options).isDisabled).toBe(expected);
});
