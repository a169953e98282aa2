import { describe, expect, it } from '@jest/globals';

import { failureLine } from '../../../../nodes/shared/core/errors/failureLine';
import { OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';
import { CANARY } from '../../../support/refusal';

const PLACE = { host: 'connect:8080', workflowId: 'wf1', executionId: '42', node: 'Get key' };

const error = new OnePasswordError({
	code: 'RATE_LIMITED',
	message: `Never logged: ${CANARY}`,
	advice: 'Nor this.',
	route: 'GET /v1/vaults',
	status: 429,
	attempts: 4,
	reference: 'op://Production/Payments API/credential',
});

describe('the log line of a failure', () => {
	it('says in its message and its properties what failed where', () => {
		expect(failureLine(PLACE, { code: 'RATE_LIMITED', error, count: 3 })).toEqual({
			message:
				'1Password request failed [ONEPASSWORD_RATE_LIMITED] host=connect:8080 workflowId=wf1 executionId=42 node="Get key" ' +
				'route="GET /v1/vaults" status=429 reference="op://Production/Payments API/credential" attempts=4 count=3',
			metadata: {
				code: 'ONEPASSWORD_RATE_LIMITED',
				...PLACE,
				route: 'GET /v1/vaults',
				status: 429,
				reference: 'op://Production/Payments API/credential',
				attempts: 4,
				count: 3,
			},
		});
	});

	it('leaves out what is unknown', () => {
		const { message, metadata } = failureLine({ host: undefined, workflowId: '' }, { code: 'UNEXPECTED', error: new TypeError(CANARY) });
		expect(message).toBe('1Password request failed [ONEPASSWORD_UNEXPECTED]');
		expect(metadata).toEqual({ code: 'ONEPASSWORD_UNEXPECTED' });
	});

	it("never contains the error's text", () => {
		expect(JSON.stringify(failureLine(PLACE, { code: 'RATE_LIMITED', error }))).not.toContain(CANARY);
	});

	it('stays one line with any node name', () => {
		const { message } = failureLine({ node: 'a\n"b" [ONEPASSWORD_NETWORK]' }, { code: 'AMBIGUOUS', error });
		expect(message.split('\n')).toHaveLength(1);
		expect(message).toContain('node="a\\n\\"b\\" [ONEPASSWORD_NETWORK]"');
	});
});
