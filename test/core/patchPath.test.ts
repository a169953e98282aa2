import { describe, expect, it } from '@jest/globals';

import type { OnePasswordError } from '../../nodes/shared/core/onePasswordError';
import { fieldPath } from '../../nodes/shared/core/patchPath';

describe('the path of a field', () => {
	it.each(['password', 'notesPlain', 'TOTP_0123', 'abcdefghijklmnopqrstuvwxyz', 'with space', 'a.b', '0', 'ü'])('names it by its id: %s', (id) => {
		expect(fieldPath({ id, type: 'STRING', label: 'other' })).toBe(`/fields/${id}`);
	});

	it.each(['a/b', '/', 'a~b', '~1', '../title'])('is refused for the id %s, which would point elsewhere', (id) => {
		expect(() => fieldPath({ id, type: 'STRING', value: 'secret' })).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }) as unknown as OnePasswordError);
	});
});
