import { expect, it } from '@jest/globals';

import type { Desk } from '../running/desk';
import { apiDocument } from './document';
import { Judge } from './judge';

/** For the end of a test file: holds all that the server has said in it against the OpenAPI file, where there is one. */
export function everyAnswerFollowsTheFile(desk: Desk): void {
	const document = apiDocument();
	if (!document) return;
	it(`every answer of this run follows the OpenAPI file ${document.info.version}`, () => {
		expect(desk.replies.length).toBeGreaterThan(0);
		expect(new Judge(document).faultsOfAll(desk.replies)).toEqual([]);
	});
}
