import { expect, it } from '@jest/globals';

import { isToolCall } from '../../../../nodes/shared/n8n/operations/toolCall';
import { fakeNode, type FakeNodeOptions } from '../fakeNode';

it.each<[FakeNodeOptions, boolean]>([
	[{}, false],
	[{ isToolExecution: () => false }, false],
	[{ isToolExecution: () => true }, true],
	[{ node: { type: 'n8n-nodes-1password-connect.onePasswordTool' } }, true],
	[{ node: { rewireOutputLogTo: 'ai_tool' } }, true],
	[{ node: { rewireOutputLogTo: 'main' } }, false],
	// A name is the user's; it says nothing.
	[{ node: { name: 'My Tool' } }, false],
])('%j is called by an AI agent: %s', (options, expected) => {
	expect(isToolCall(fakeNode(options))).toBe(expected);
});
