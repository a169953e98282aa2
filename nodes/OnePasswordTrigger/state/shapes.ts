/** Checks what is stored, which nobody vouches for. */

import { isObject } from '../../shared/core/json';

export function isListOf(value: unknown, isMember: (member: unknown) => boolean): boolean {
	return Array.isArray(value) && value.every(isMember);
}

export function isRecordOf(value: unknown, isMember: (member: unknown) => boolean): boolean {
	return isObject(value) && Object.values(value).every(isMember);
}
