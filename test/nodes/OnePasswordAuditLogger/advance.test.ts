import { expect, it } from '@jest/globals';

import { followedByConfirm } from '../../../nodes/OnePasswordAuditLogger/advance';
import { Parameters } from '../../../nodes/shared/n8n/parameters';

const TYPE = 'n8n-nodes-1password-connect.onePasswordAuditLogger';
const CONFIRM = { name: 'Confirm', type: TYPE, typeVersion: 1, disabled: false, parameters: { operation: 'confirm' } };

function waits(children: readonly object[], options: object = {}): boolean {
	const node = {
		getNode: () => ({ name: 'Audit', type: TYPE }),
		getNodeParameter: (name: string) => (name === 'options' ? options : undefined),
		getChildNodes: () => children,
	} as never;
	return followedByConfirm({ node, parameters: new Parameters(node, 0) });
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
	expect(waits(children, options)).toBe(expected);
});

it('refuses a choice that there is not', () => {
	expect(() => waits([CONFIRM], { advance: 'never' })).toThrow("'Advance'");
});
