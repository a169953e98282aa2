import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { PACKAGE_VERSION, formatUserAgent } from '../../../../nodes/shared/n8n/services/userAgent';

describe('the User-Agent', () => {
	it('tells the package, the workflow, the execution and the node', () => {
		expect(formatUserAgent({ workflowId: 'wf1', executionId: '42', nodeName: 'Rotate key' })).toBe(
			`n8n-nodes-1password-connect/${PACKAGE_VERSION} (workflow=wf1; execution=42; node=Rotate%20key)`,
		);
	});

	it('leaves out what is not known, as of a workflow that was never saved', () => {
		expect(formatUserAgent({ workflowId: '', nodeName: 'x' })).toMatch(/ \(node=x\)$/);
	});

	it('is one line of ASCII with one comment, from which every name comes back', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 30 }), fc.string({ maxLength: 10 }), (nodeName, workflowId) => {
				const text = formatUserAgent({ nodeName, workflowId, executionId: '1' });
				expect(text).toMatch(/^n8n-nodes-1password-connect\/[\d.]+ \([\w%.!*~;= -]*\)$/);
				expect(decodeURIComponent(/node=(.*)\)$/.exec(text)?.[1] ?? '')).toBe(nodeName);
				if (workflowId !== '') expect(decodeURIComponent(/workflow=(.*?); /.exec(text)?.[1] ?? '')).toBe(workflowId);
			}),
			{ seed: 15, numRuns: 500 },
		);
	});

	it.each(['half \ud83d', '\udd11', 'a(b)c;d=e', "it's\r\nX-Injected: 1"])('takes the name %j', (nodeName) => {
		expect(formatUserAgent({ nodeName })).toMatch(/^[\x20-\x7e]+$/);
		expect(formatUserAgent({ nodeName }).match(/[()]/g)).toEqual(['(', ')']);
	});
});
