import { expect, it } from '@jest/globals';
import fc from 'fast-check';

import { parseCallerUserAgent } from '../../../../../nodes/shared/core/audit/rows/callerUserAgent';
import { formatUserAgent } from '../../../../../nodes/shared/n8n/services/userAgent';

const NOBODY = { workflowId: null, executionId: null, node: null };

it('gives back what the nodes of this package tell of themselves', () => {
	const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
	fc.assert(
		fc.property(text, text, text, (workflowId, executionId, nodeName) => {
			expect(parseCallerUserAgent(formatUserAgent({ workflowId, executionId, nodeName }))).toEqual({
				workflowId,
				executionId,
				node: nodeName,
			});
		}),
		{ seed: 3, numRuns: 500 },
	);
	expect(parseCallerUserAgent(formatUserAgent({ nodeName: 'x' }))).toEqual({ ...NOBODY, node: 'x' });
});

it.each([
	null,
	undefined,
	'',
	'connect-sdk-go/1.5.3',
	'curl/8 n8n-nodes-1password-connect/0.1.0 (workflow=w)',
	'n8n-nodes-1password-connect',
	'n8n-nodes-1password-connect/0.1.0 (credential=onePasswordSecretHttpApi)',
	'n8n-nodes-1password-connect/0.1.0 (node=%E0%A4%A)',
	'n8n-nodes-1password-connect/0.1.0 (node=)',
	'n8n-nodes-1password-connect/0.1.0 (node=a%00b)',
	'n8n-nodes-1password-connect/0.1.0 (workflow=%1B%5B2J; execution=1%0D%0A)',
	'n8n-nodes-1password-connect/0.1.0 (node=%E2%80%AEx)',
	'n8n-nodes-1password-connect/0.1.0 (workflow=%77; node=%3a)',
	'n8n-nodes-1password-connect/0.1.0 (node=a b)',
])('finds nothing in %j', (userAgent) => {
	expect(parseCallerUserAgent(userAgent)).toEqual(NOBODY);
});
