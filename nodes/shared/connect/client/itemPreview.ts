import { isObject } from '../../core/json';

/**
 * `additionalInformation` of an item may be a copy of a secret, such as the first line of a secure note. Nothing here needs
 * it, so it goes no further than the client.
 * @returns the object without that member.
 */
export function withoutPreview<T>(answer: T): T {
	if (!isObject(answer) || !('additionalInformation' in answer)) return answer;
	const { additionalInformation: _preview, ...rest } = answer;
	return rest as T;
}
