import { OnePasswordError, withLogCode } from '../../core/errors/onePasswordError';

/** For credentials: of an error that has a code n8n shows nothing else. */
export function toPlainError(error: unknown): unknown {
	return error instanceof OnePasswordError ? new Error(withLogCode(`${error.message} ${error.advice}`, error.code)) : error;
}
