/** Refuses answers that are larger than the credential allows: they would be parsed and copied in the memory of n8n. */

import { invalidInput } from '../../core/errors/onePasswordError';
import { TransportError, type Transport } from '../transport';

export const DEFAULT_MAX_RESPONSE_MB = 100;

const MB = 1024 * 1024;

/** @param megabytes of the credential; 0 = no limit, none = 100. @returns bytes. @throws OnePasswordError INVALID_INPUT. */
export function readMaxResponseBytes(megabytes: unknown): number {
	const limit = megabytes === undefined || megabytes === null || megabytes === '' ? DEFAULT_MAX_RESPONSE_MB : Number(megabytes);
	if (!(limit >= 0)) throw invalidInput("'Max Response Size' of the credential is not a number of megabytes.", 'Use 100, or 0 for no limit.');
	return limit === 0 ? Infinity : limit * MB;
}

/** A file may be as large as its own size says. */
export function limitResponses(transport: Transport, maxBytes: number): Transport {
	return async (request) => {
		const response = await transport(request);
		if (response.body.length > Math.max(maxBytes, request.expectedBytes ?? 0)) throw new TransportError('tooLarge');
		return response;
	};
}
