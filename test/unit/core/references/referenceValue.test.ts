import { describe, expect, it } from '@jest/globals';

import type { ReferenceTarget } from '../../../../nodes/shared/core/references/referenceTarget';
import { describeTarget, planReading } from '../../../../nodes/shared/core/references/referenceValue';
import { parseSecretReference } from '../../../../nodes/shared/core/references/secretReference';

const SECRET = 'canary-secret';

const field = (type: string): ReferenceTarget => ({ kind: 'field', field: { id: 'f', label: 'key', type, value: SECRET } });
const file: ReferenceTarget = { kind: 'file', file: { id: 'x', name: 'a.txt', size: 3 } };

describe('an unreadable attribute', () => {
	it.each<[string, ReferenceTarget, string]>([
		['attribute=otp', field('CONCEALED'), 'The attribute "otp" is for one-time password fields, but the field is of type CONCEALED.'],
		['attribute=size', field('STRING'), 'The attribute "size" does not exist for fields.'],
		['attribute=content', field('STRING'), 'The attribute "content" does not exist for fields.'],
		['attribute=name', field('STRING'), 'The attribute "name" does not exist for fields.'],
		['attribute=value', file, 'The attribute "value" does not exist for files.'],
		['attribute=purpose', file, 'The attribute "purpose" does not exist for files.'],
		['attribute=otp', file, 'The attribute "otp" does not exist for files.'],
		['ssh-format=openssh', field('CONCEALED'), 'The query "ssh-format" is for the private key of an SSH key.'],
		['ssh-format=openssh', file, 'The query "ssh-format" is for the private key of an SSH key.'],
		['ssh-format=openssh', field('SSHKEY'), "The private key could not be read, so it can't be converted to the OpenSSH format."],
	])('is refused: ?%s of %j', (query, target, message) => {
		const read = (): unknown => planReading(target, parseSecretReference(`op://v/i/f?${query}`));
		expect(read).toThrow(expect.objectContaining({ code: 'INVALID_INPUT', message }) as unknown as Error);
		expect(read).toThrow(expect.not.objectContaining({ advice: expect.stringContaining(SECRET) as unknown }) as unknown as Error);
	});
});

it('a description contains no value', () => {
	const item = { id: 'i', vault: { id: 'v' }, category: 'LOGIN', sections: [{ id: 's', label: 'Admin' }] };
	const inSection = { kind: 'field', field: { id: 'f', type: 'OTP', value: SECRET, totp: SECRET, section: { id: 's' } } } as const;
	expect(describeTarget(item, inSection)).toEqual({
		kind: 'field',
		vaultId: 'v',
		itemId: 'i',
		id: 'f',
		label: 'f',
		section: 'Admin',
		type: 'otp',
	});
	expect(describeTarget(item, file)).toEqual({ kind: 'file', vaultId: 'v', itemId: 'i', id: 'x', label: 'a.txt', type: 'file' });
});
