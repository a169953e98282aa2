import { expect, it } from '@jest/globals';

import { newState, parseState, type AuditState } from '../../../nodes/OnePasswordAuditLogger/auditState';
import { emptyMemory } from '../../../nodes/shared/core/audit/anomalies/memory';

const POSITION = { source: 'connect', cursor: { watermark: 1, known: [] }, memory: emptyMemory('salt'), lastHash: 'a' };

const STATE: AuditState = {
	...newState('Audit'),
	confirmed: POSITION,
	pending: { position: POSITION, executionId: '1', rows: 2, hasMore: false, hasGap: false },
};

it('a state comes back from static data, and shares nothing with it', () => {
	expect(parseState(STATE)).toEqual(STATE);
	expect(parseState(STATE)?.confirmed).not.toBe(STATE.confirmed);
	expect(parseState(newState('Audit'))).toEqual({ format: 1, nodeName: 'Audit' });
});

it.each([
	undefined,
	null,
	'text',
	{},
	{ ...STATE, format: 2 },
	{ ...STATE, nodeName: 1 },
	{ ...STATE, confirmed: {} },
	{ ...STATE, confirmed: { ...POSITION, memory: { salt: 'x', seen: [1], tallies: [] } } },
	{ ...STATE, confirmed: { ...POSITION, memory: { seen: [], tallies: [] } } },
	{ ...STATE, pending: { position: 1 } },
])('%j is none, and collecting begins anew', (stored) => {
	expect(parseState(stored)).toBeUndefined();
});
