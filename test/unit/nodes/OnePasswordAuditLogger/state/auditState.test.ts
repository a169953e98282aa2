import { expect, it } from '@jest/globals';

import { newState, parseState, type AuditState } from '../../../../../nodes/OnePasswordAuditLogger/state/auditState';
import { emptyMemory } from '../../../../../nodes/shared/core/audit/anomalies/memory';

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
	{ ...STATE, confirmed: { ...POSITION, lastHash: 7 } },
	{ ...STATE, pending: { position: 1 } },
])('%j is none, and collecting begins anew', (stored) => {
	expect(parseState(stored)).toBeUndefined();
});

const ENTRIES = [['abc', 1]];

it.each([
	undefined,
	{ kinds: {}, tallies: [] },
	{ salt: 'x', kinds: {} },
	{ salt: 'x', tallies: [] },
	{ salt: 'x', kinds: { ip: { seen: [1] } }, tallies: [] },
	{ salt: 'x', kinds: { ip: { seen: ENTRIES, since: 'soon' } }, tallies: [] },
	{ salt: 'x', kinds: { client: { seen: [['abc', 2]] } }, tallies: [] },
	{ salt: 'x', kinds: {}, tallies: [['abc', 5]] },
	{ salt: 'x', kinds: {}, tallies: [['abc', [[1]]]] },
	{ salt: 'x', kinds: {}, tallies: [['abc', [[1, 'y']]]] },
])('a memory that is %j is begun anew, and the place in the log stays', (memory) => {
	const { memory: _memory, ...position } = POSITION;
	const stored = { ...STATE, confirmed: { ...POSITION, memory }, pending: { ...STATE.pending, position: { ...POSITION, memory } } };
	expect(parseState(stored)).toEqual({ ...STATE, confirmed: position, pending: { ...STATE.pending, position } });
});

it('a memory comes back', () => {
	const memory = {
		salt: 'x',
		kinds: { ip: { since: 1, seen: ENTRIES } },
		tallies: [
			[
				'abc',
				[
					[-1, 5],
					[7, 2],
				],
			],
		],
	};
	expect(parseState({ ...STATE, confirmed: { ...POSITION, memory } })?.confirmed?.memory).toEqual(memory);
});
