import { expect, it } from '@jest/globals';

import type { Desk } from '../running/desk';
import { apiDocument } from './document';
import { Judge } from './judge';

/** For the end of a test file: checks all of its server responses against the OpenAPI file, if there is one. */
export function everyAnswerFollowsTheFile(desk: Desk): void {
	const document = apiDocument();
	if (!document) return;
	it(`every answer of this run follows the OpenAPI file ${document.info.version}`, () => {
		expect(desk.replies.length).toBeGreaterThan(0);
		expect(new Judge(document).faultsOfAll(desk.replies)).toEqual([]);
	});
}
