import { expect, it } from '@jest/globals';

import { summarise } from '../../../../nodes/shared/core/audit/anomalies/judgeRow';
import { toEcsEvent } from '../../../../nodes/shared/core/audit/ecsEvent';
import { auditRow } from '../../../support/auditRows';

it('a row has the shape of the Elastic Common Schema, and nothing that is not known', () => {
	const row = auditRow({ workflowId: 'w', executionId: '7', node: 'Get key', vaultName: 'Production' });
	expect(toEcsEvent(row)).toEqual({
		'@timestamp': '2026-01-05T10:00:00.000Z',
		ecs: { version: '8.11.0' },
		event: {
			id: 'r',
			kind: 'event',
			module: 'onepassword',
			dataset: 'onepassword.connect',
			category: ['api'],
			type: ['access'],
			action: 'READ',
			outcome: 'success',
		},
		source: { address: '10.0.0.1', ip: '10.0.0.1' },
		user_agent: { original: 'connect-sdk-go/1.5.3' },
		onepassword: {
			kind: 'access',
			vault: { id: 'v', name: 'Production' },
			item: { id: 'i', version: 3 },
			token: { id: 'token' },
			n8n: { workflow_id: 'w', execution_id: '7', node: 'Get key' },
			details: expect.any(String),
		},
	});
});

it.each([
	[{ result: 'DENY' }, { outcome: 'failure', type: ['access', 'denied'] }],
	[{ action: 'UPDATE' }, { outcome: 'success', type: ['change'] }],
	[
		{ action: 'reveal', result: 'odd', kind: 'signInAttempt' },
		{ outcome: 'unknown', type: ['info'], category: ['authentication'] },
	],
])('of %j the event is %j', (columns, event) => {
	expect(toEcsEvent(auditRow(columns))).toMatchObject({ event });
});

it.each([
	['10.0.0.1:5555', '10.0.0.1'],
	['[2001:db8::1]:443', '2001:db8::1'],
	['::ffff:10.0.0.1', '10.0.0.1'],
	['10.0.0.1, 10.9.9.9', undefined],
	['10.0.0.999', undefined],
	['010.0.0.1', undefined],
	['not an ip', undefined],
	['unix', undefined],
])('the address %s has the field for addresses as %s', (address, ip) => {
	expect(toEcsEvent(auditRow({ ip: address }))).toMatchObject({ source: { address, ...(ip !== undefined && { ip }) } });
	expect(Object.keys((toEcsEvent(auditRow({ ip: address })) as { source: object }).source)).toHaveLength(ip === undefined ? 1 : 2);
});

/** Of the categories used here, as the reference of the schema lists them. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
	api: ['access', 'admin', 'allowed', 'change', 'creation', 'deletion', 'denied', 'end', 'info', 'start', 'user'],
	authentication: ['start', 'end', 'info'],
	configuration: ['access', 'change', 'creation', 'deletion', 'info'],
	iam: ['admin', 'change', 'creation', 'deletion', 'group', 'info', 'user'],
};

const WORDS: ReadonlyArray<readonly [string, readonly string[]]> = [
	['access', ['READ', 'CREATE', 'UPDATE', 'DELETE', 'UNKNOWN']],
	['itemUsage', ['reveal', 'fill']],
	['signInAttempt', ['credentials_ok']],
	['auditEvent', ['join', 'patch']],
	['gap', ['GAP']],
];

it.each(WORDS.flatMap(([kind, actions]) => actions.flatMap((action) => ['SUCCESS', 'DENY'].map((result) => ({ kind, action, result })))))(
	'the schema allows the category and the types of %j',
	(columns) => {
		const { category, type } = toEcsEvent(auditRow(columns)).event as { category: string[]; type: string[] };
		expect(category).toHaveLength(1);
		for (const one of type) expect(ALLOWED[category[0] ?? '']).toContain(one);
	},
);

it('a verdict makes it an alert', () => {
	const verdict = summarise([{ rule: 'denied', severity: 'high', reason: 'Refused.' }]);
	const row = auditRow({ userId: 'u', userEmail: 'a@example.com', country: 'CH' });
	expect(toEcsEvent(row, verdict)).toMatchObject({
		message: 'Refused.',
		event: { kind: 'alert', severity: 3, reason: 'Refused.' },
		user: { id: 'u', email: 'a@example.com' },
		source: { geo: { country_iso_code: 'CH' } },
		onepassword: { anomalies: [{ rule: 'denied' }] },
	});
});
