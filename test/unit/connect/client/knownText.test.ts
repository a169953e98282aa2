import { describe, expect, it } from '@jest/globals';

import { explainKnownText } from '../../../../nodes/shared/connect/client/knownText';

const VALIDATION =
	'Validation: (validateVaultItem failed to Validate), Couldn\'t validate the item: "[ItemValidator] has found 1 errors, 0 warnings: \nErrors:{1. ';

describe('texts of the item validator', () => {
	it.each([
		[`${VALIDATION}Required field "item.templateUuid" not found}"`, 'this release of Connect does not know the category of the item'],
		[`${VALIDATION}details.sections[0].fields[0] has unsupported field type: totp}"`, 'a field has a type that Connect cannot write'],
		[`${VALIDATION}something else}"`, 'the item did not pass its validation'],
	])('are explained: %s', (text, explanation) => {
		expect(explainKnownText(text)).toBe(explanation);
	});
});
